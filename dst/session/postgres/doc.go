// Package postgres keeps conversations in PostgreSQL, for services that run as
// several programs beside each other.
//
//	store, err := postgres.Open(ctx, "postgres://bot:secret@db:5432/shop", nil)
//
// It makes its tables itself, in a schema of its own ("slotgraph"):
//
//   - session has one row for each conversation: tenant, id, owner (the user),
//     version, expires (in milliseconds since 1970, null for never) and data;
//   - session_log has the entries of their logs, by number, and loses them with the
//     conversation;
//   - session_layout says how the tables are made. A program that finds a newer
//     layout than its own changes nothing and says so.
//
// A user that may not create a schema needs one that is there already, with
// CREATE on it the first time, and SELECT, INSERT, UPDATE and DELETE on its
// tables from then on.
//
// # Durability
//
// A save is one statement, and one round trip: the record, what is new in the
// log and what is trimmed from it are there together or not at all. PostgreSQL
// answers once that is on disk, unless it is told not to wait: with fsync,
// full_page_writes or synchronous_commit off, a crash may lose what was
// acknowledged. [New] looks at the three and warns, or refuses with
// [Options.RequireDurable]. When a server is replaced by a replica, what the
// replica had not yet is lost, unless synchronous_standby_names has saves wait
// for it.
//
// A save that ends in an error because the connection was lost may have
// happened: load the conversation and compare versions, as session.Manager does.
// Reads are tried again on another connection by themselves, and all works again
// once the server is back. Give calls a context with a deadline: where a network
// has fallen silent, one without waits for as long as TCP does.
//
// # Scaling
//
// Conversations do not wait for each other: a save locks one row. What limits
// saves is how often the server can write to its disk, and the number of
// connections: those of the pool (pool_max_conns in the URL, by default four or
// one for each processor) times the number of programs must stay below the
// server's max_connections; PgBouncer works in front of it (with
// default_query_exec_mode=exec in the URL where it pools by transaction and does
// not know prepared statements). Rows are rewritten by each save: autovacuum has
// to be on, as it is unless somebody turned it off.
//
// Conversations that have expired stay until somebody deletes them: session.Manager
// does, or
//
//	DELETE FROM slotgraph.session WHERE expires < extract(epoch FROM now()) * 1000
//
// What is deleted can be read no more; its bytes are on the server's disk until the
// next vacuum and in its write-ahead log and backups for as long as these are kept.
package postgres
