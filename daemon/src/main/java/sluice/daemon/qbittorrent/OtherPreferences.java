package sluice.daemon.qbittorrent;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Preferences of qBittorrent that mean nothing here. Programs that show all of them find them
 * switched off, empty or 0; what is set is ignored.
 */
final class OtherPreferences {
  private static final String FLAGS =
      """
      alternative_webui_enabled announce_to_all_tiers announce_to_all_trackers
      autorun_on_torrent_added_enabled block_peers_on_privileged_ports
      bypass_auth_subnet_whitelist_enabled dyndns_enabled
      embedded_tracker_port_forwarding enable_coalesce_read_write
      enable_embedded_tracker enable_multi_connections_from_same_ip
      enable_piece_extent_affinity enable_upload_suggestions
      excluded_file_names_enabled idn_support_enabled
      mail_notification_auth_enabled mail_notification_ssl_enabled
      performance_warning proxy_auth_enabled proxy_hostname_lookup
      proxy_peer_connections proxy_torrents_only reannounce_when_address_changed
      recheck_completed_torrents resolve_peer_countries ssrf_mitigation
      use_category_paths_in_manual_mode use_https
      validate_https_tracker_certificate web_ui_reverse_proxy_enabled
      web_ui_secure_cookie_enabled web_ui_upnp
      web_ui_use_custom_http_headers_enabled
      """;

  private static final String NUMBERS =
      """
      async_io_threads auto_delete_mode checking_memory_use connection_speed
      disk_cache disk_cache_ttl disk_io_read_mode disk_io_type disk_io_write_mode
      disk_queue_size dyndns_service embedded_tracker_port file_pool_size
      hashing_threads max_active_checking_torrents max_concurrent_http_announces
      memory_working_set_limit outgoing_ports_max outgoing_ports_min peer_tos
      peer_turnover peer_turnover_cutoff peer_turnover_interval proxy_type
      request_queue_size save_resume_data_interval
      send_buffer_low_watermark send_buffer_watermark send_buffer_watermark_factor
      slow_torrent_dl_rate_threshold slow_torrent_inactive_timer
      slow_torrent_ul_rate_threshold socket_backlog_size stop_tracker_timeout
      upload_choking_algorithm upload_slots_behavior upnp_lease_duration
      utp_tcp_mixed_mode web_ui_ban_duration web_ui_max_auth_fail_count
      web_ui_session_timeout
      """;

  private static final String TEXTS =
      """
      alternative_webui_path announce_ip autorun_on_torrent_added_program
      bypass_auth_subnet_whitelist current_interface_address
      current_network_interface dyndns_domain dyndns_password dyndns_username
      excluded_file_names export_dir_fin mail_notification_email
      mail_notification_password mail_notification_sender mail_notification_smtp
      mail_notification_username proxy_password proxy_username
      resume_data_storage_type rss_smart_episode_filters web_ui_custom_http_headers
      web_ui_domain_list web_ui_https_cert_path web_ui_https_key_path
      web_ui_reverse_proxies_list web_ui_username
      """;

  private OtherPreferences() {}

  /** Adds those that are not there. */
  static void addTo(ObjectNode all) {
    names(FLAGS).forEach(name -> all.putIfAbsent(name, all.booleanNode(false)));
    names(NUMBERS).forEach(name -> all.putIfAbsent(name, all.numberNode(0)));
    names(TEXTS).forEach(name -> all.putIfAbsent(name, all.stringNode("")));
  }

  private static List<String> names(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
