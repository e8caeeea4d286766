// Package session keeps conversations for a service that has many: it loads,
// locks, plays a turn and saves, in whatever [Store] there is.
package session
