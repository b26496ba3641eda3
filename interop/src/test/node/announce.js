// Two clients of bittorrent-tracker find each other: node announce.js URL. Prints JSON lines.
import { Buffer } from 'node:buffer'
import { register } from 'node:module'

// WebRTC for Node.js is a program of its own that is built when it is installed; UDP and HTTP need none.
const stub = 'data:text/javascript,' + encodeURIComponent(
  ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate']
    .map(name => `export class ${name} {}`).join('\n'))
const hook = `export function resolve (name, context, next) {
  return name === 'webrtc-polyfill' ? { url: ${JSON.stringify(stub)}, shortCircuit: true } : next(name, context)
}`
register('data:text/javascript,' + encodeURIComponent(hook))
const { default: Client } = await import('bittorrent-tracker')

const url = process.argv[2]
const infoHash = 'aabbccddeeff00112233445566778899aabbccdd'

function client (number, left) {
  const made = new Client({
    infoHash,
    announce: [url],
    peerId: Buffer.from('-XX0001-' + String(number).repeat(12)),
    port: 6000 + number
  })
  made.on('error', error => fail(error))
  made.on('warning', error => fail(error))
  made.left = left
  return made
}

function fail (error) {
  console.log(JSON.stringify({ event: 'error', text: String(error) }))
  process.exit(1)
}

function once (made, event) {
  return new Promise(resolve => made.once(event, resolve))
}

const seed = client(1, 0)
const updated = once(seed, 'update')
seed.start({ uploaded: 0, downloaded: 0, left: 0 })
const first = await updated
console.log(JSON.stringify({ event: 'announced', complete: first.complete, interval: seed.interval }))

const leech = client(2, 1000)
const found = once(leech, 'peer')
leech.start({ uploaded: 0, downloaded: 0, left: 1000 })
console.log(JSON.stringify({ event: 'peer', address: String(await found) }))

const scraped = once(leech, 'scrape')
leech.scrape()
const counts = await scraped
console.log(JSON.stringify({ event: 'scrape', complete: counts.complete, incomplete: counts.incomplete }))

const stopped = once(seed, 'update')
seed.stop({ uploaded: 0, downloaded: 0, left: 0 })
const last = await stopped
console.log(JSON.stringify({ event: 'stopped', complete: last.complete, incomplete: last.incomplete }))
process.exit(0)
