create trigger entry_update before update on entry begin select raise(abort, 'entries are append-only'); end;
create trigger entry_delete before delete on entry begin select raise(abort, 'entries are append-only'); end;
create trigger posting_update before update on posting begin select raise(abort, 'postings are append-only'); end;
create trigger posting_delete before delete on posting begin select raise(abort, 'postings are append-only'); end;
