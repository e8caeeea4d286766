// Package redis keeps conversations in Redis 6 or newer, or in Valkey, for
// services that run as several programs beside each other and want short times.
//
//	store, err := redis.Open(ctx, "redis://bot:secret@cache:6379/1", nil)
//
// A cluster, or servers behind sentinels, are for [New], with a client of
// github.com/redis/go-redis/v9.
//
// Behind a prefix, "slotgraph:", there are for a conversation with the tenant T
// and the id I:
//
//   - s:{T/I}, a hash with its version, user, expires (milliseconds since 1970, or
//     empty), data, and what the store needs besides;
//   - l:{T/I}, a list with the entries of its log, each after its number and a colon;
//
// and u:USER, a hash with the names of the conversations that may be the user's,
// and layout, how all this is made: a program that finds another layout than its
// own changes nothing and says so. What is special in names is written as %XX.
// A user of Redis's own needs by ACL the keys that begin with the prefix, and
// +@read +@write +@scripting +@connection +time (and +config|get, to be told
// whether the server is durable).
//
// # Durability
//
// A save is one script: record and log are changed together or not at all. But
// Redis is made to answer first and to write to its disk later, and whether what
// was acknowledged is still there after a crash is up to its settings:
//
//   - appendonly yes with appendfsync always: it is, as on a database. Saves then
//     wait for the disk. With appendfsync everysec a crash loses the last second
//     or two; without appendonly, all since the last snapshot.
//   - maxmemory-policy noeviction, if there is a maxmemory: any other lets Redis
//     drop conversations that are wanted, or only their logs (which Log then says).
//   - A replica that takes over, in a cluster or by sentinels, lacks what had not
//     reached it. Redis does not wait for replicas: min-replicas-to-write makes the
//     loss rarer, and nothing in Redis excludes it. Where no turn may ever be lost
//     when a machine is, use PostgreSQL with synchronous replicas.
//
// [New] asks for the settings and warns, or refuses with
// [Options.RequireDurable]; of replicas it knows nothing. It does not read from
// them either.
//
// A save that ends in an error because the connection was lost may have
// happened: load the conversation and compare versions, as session.Manager does.
// It is not sent again by itself; reads are, as the client's MaxRetries says.
// All works again once the server is back. Meanwhile the client logs each
// connection that it does not get, as the SetLogger of its package says.
//
// # Expiry
//
// What expires goes by itself at that time, with its log, without anybody
// deleting it: no List shows it before. Saving it without an expiry keeps it.
// The name of a user stays in u:USER for as long as a conversation is there, and
// at most a day longer where it expires. What is deleted is in the server's
// append-only file until that is rewritten.
//
// # Scaling
//
// All of a conversation is in one hash slot, so that a cluster of any size can
// have them. All is in memory: a bit over a kilobyte for each conversation
// besides its data and its log. List without a user goes through all keys of all servers,
// which does not block them but takes its time (give conversations a database,
// or a server, of their own); with a user it is quick.
package redis
