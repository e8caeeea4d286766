// Package bolt keeps conversations in one file, in the database bbolt: the
// store of a service that is one process on one machine and needs no server
// beside it.
//
//	store, err := bolt.Open("sessions.db", nil)
//	...
//	defer store.Close()
//
// # Durability
//
// A Save that returned without an error is on the disk: it was synced, with its
// log and its place in the indexes, in one transaction. A program that is
// killed, or a machine that loses power, leaves the file as it was after some
// transaction, with all that had been acknowledged. That holds as far as the
// disk keeps what it has synced.
//
// Saves that come at the same time share a transaction and a sync, so that one
// process saves as many turns a second as there are conversations waiting, and
// not as many as the disk has syncs; a single one waits for its own sync alone,
// and nobody is kept waiting for others to come. Each is compared with what is
// stored on its own: that one conflicts leaves the others of its transaction
// alone. A transaction that fails, as for a full disk, fails all in it, and
// saves nothing of them; once there is room, saves go on.
//
// # One process at a time
//
// The file is locked as long as it is open, also against a second Open in the
// same program. Where several programs serve the same conversations, or one
// serves them from several machines, they need a store on a server. A network
// file system is no place for the file: its locks and its memory maps are none.
//
// # Size
//
// A conversation takes the bytes of its record and of its log, about 150 more
// for itself and 45 for each entry, and half of that again because the pages of
// the file are two thirds full: 20,000 conversations with records of 600 bytes
// and eight entries of 200 each, 44 MB in all, make a file of 84 MB. The file
// grows by 16 MB at a time (of which most file systems take no room for what is
// not written yet) and does not shrink: the room of deleted conversations is
// used again. To shrink it, close the store and write it anew with bbolt's tool:
//
//	go run go.etcd.io/bbolt/cmd/bbolt@latest compact -o sessions.new sessions.db
//
// # What is deleted
//
// bbolt does not overwrite what it frees: what was deleted, or erased with its
// user, cannot be loaded any more, but its bytes stay in free pages of the file
// until they are used again. Where whoever gets hold of the file must not find
// them, seal what is kept (session.Keyring, with a secret for users; ids of
// conversations stand open all the same), or write the file anew as above and
// remove the old one.
//
// # Backup
//
// [Store.Backup] writes a copy of one moment while the store is used. The file
// itself may be copied only while it is closed.
//
// # Damage
//
// Records and entries have checksums, over their keys too: what comes back is
// what was saved under this very key, or an error that is session.ErrCorrupt.
// Open goes through the inner pages of the file and its list of free pages, and
// refuses a file in which they contradict each other. Damage that is found later
// makes errors for what is on the damaged page and is not spread to others. A
// damaged record is replaced by nobody: Delete of any version removes it. Two things the store cannot tell:
// that the first page of the file, which says where all begins, was damaged after
// it was synced, as then the file is what it was one transaction before; and that
// the disk changes inner pages of a file that is open.
package bolt
