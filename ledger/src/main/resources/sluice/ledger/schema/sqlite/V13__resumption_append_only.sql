create trigger resumption_update before update on resumption begin select raise(abort, 'resumptions are append-only'); end;
create trigger resumption_delete before delete on resumption begin select raise(abort, 'resumptions are append-only'); end;
