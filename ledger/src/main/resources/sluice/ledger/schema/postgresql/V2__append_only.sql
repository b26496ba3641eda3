create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger entry_append_only before update or delete on entry for each row execute function append_only();
create trigger posting_append_only before update or delete on posting for each row execute function append_only();
create trigger entry_truncate before truncate on entry for each statement execute function append_only();
create trigger posting_truncate before truncate on posting for each statement execute function append_only();
