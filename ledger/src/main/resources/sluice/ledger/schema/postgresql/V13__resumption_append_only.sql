create trigger resumption_append_only before update or delete on resumption for each row execute function append_only();
create trigger resumption_truncate before truncate on resumption for each statement execute function append_only();
