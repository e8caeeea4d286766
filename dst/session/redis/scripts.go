package redis

import (
	"crypto/sha1"
	"encoding/hex"
)

// A script is called by its hash, and by its source where the server does not
// know it yet.
type script struct {
	source, hash string
	reads        bool // so that it may be called twice
}

func newScript(source string) script {
	sum := sha1.Sum([]byte(source))
	return script{source: source, hash: hex.EncodeToString(sum[:])}
}

// Scripts are done as a whole, but not undone when one of their commands fails:
// they look at all that could be wrong before they write. Numbers of 64 bits stay
// strings, for Lua's have 53.

// number is Lua: the number of an entry of a log, nil where it is none of ours,
// and whether one number is less than another.
const number = `
local function number(entry) return string.match(entry, '^(%d+):') end
local function less(a, b)
	if #a ~= #b then return #a < #b end
	return a < b
end`

// saveScript saves a record and its log.
//
// KEYS: record, log.
// ARGV: 1 version that should be stored, "0" for none; 2 new version; 3 user;
// 4 expiry in milliseconds, or ""; 5 data; 6 first number that stays in the log;
// 7 and 8 what indexScript returned if it was called for this save, or ""; from
// 9 on numbers and data of new entries.
var saveScript = newScript(number + `
local old = redis.call('HMGET', KEYS[1], 'version', 'user', 'indexed')
local length = redis.call('LLEN', KEYS[2])
if not old[1] and redis.call('EXISTS', KEYS[1]) == 1 then return 'CORRUPT' end
if (old[1] or '0') ~= ARGV[1] then return 'CONFLICT' end

local indexed = ''
if ARGV[3] ~= '' then
	if ARGV[7] ~= '' then
		local time = redis.call('TIME')
		if time[1] * 1000 - ARGV[7] > 600000 then return 'INDEX' end
		indexed = ARGV[8]
	else
		indexed = old[3] or ''
		if old[2] ~= ARGV[3] or indexed == '' then return 'INDEX' end
		if indexed ~= 'never' and (ARGV[4] == '' or (tonumber(indexed) or 0) < tonumber(ARGV[4])) then return 'INDEX' end
	end
end

if not old[1] then length = 0 end
local gone = 0
while gone < length do
	local n = number(redis.call('LINDEX', KEYS[2], gone))
	if not n then return 'CORRUPT' end
	if not less(n, ARGV[6]) then break end
	gone = gone + 1
end
if gone < length and ARGV[9] then
	local last = number(redis.call('LINDEX', KEYS[2], -1))
	if not last then return 'CORRUPT' end
	if not less(last, ARGV[9]) then return 'LOG' .. last end
end

redis.call('HSET', KEYS[1], 'version', ARGV[2], 'user', ARGV[3], 'expires', ARGV[4], 'data', ARGV[5], 'indexed', indexed)
if gone == length then
	redis.call('DEL', KEYS[2])
elseif gone > 0 then
	redis.call('LTRIM', KEYS[2], gone, -1)
end
for i = 9, #ARGV, 2 do
	redis.call('RPUSH', KEYS[2], ARGV[i] .. ':' .. ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'entries', redis.call('LLEN', KEYS[2]))
for i = 1, 2 do
	if ARGV[4] == '' then
		redis.call('PERSIST', KEYS[i])
	else
		redis.call('PEXPIREAT', KEYS[i], ARGV[4])
	end
end
return 'OK'`)

// deleteScript deletes a record and its log, and returns "OK" and the user.
// KEYS: record, log. ARGV: version, "0" for any.
var deleteScript = newScript(`
local kind = redis.call('TYPE', KEYS[1])['ok']
if kind == 'none' then return 'NOTFOUND' end
if ARGV[1] ~= '0' and redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 'CONFLICT' end
local user = kind == 'hash' and redis.call('HGET', KEYS[1], 'user') or ''
redis.call('DEL', KEYS[1], KEYS[2])
return 'OK' .. user`)

// indexScript puts a conversation into a user's index, with the time. It is
// called before the record is saved: the index may have too much, not too little.
// The index goes by itself once all that is in it has expired, if all does: an
// hour to a day later, so that a conversation which goes on needs it but seldom.
//
// KEYS: index. ARGV: name of the conversation; expiry in milliseconds, or "".
// Returns the time, until when the index is good for the conversation, and how
// many are in it.
var indexScript = newScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local good = 'never'
local at = tonumber(ARGV[2])
if at then
	at = at + math.min(math.max((at - now) / 8, 3600000), 86400000)
	if at < 9e15 then good = string.format('%.0f', at) end
end
local left = redis.call('PTTL', KEYS[1])
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now))
if good == 'never' then
	redis.call('PERSIST', KEYS[1])
elseif left == -2 or left >= 0 and now + left < at then
	redis.call('PEXPIREAT', KEYS[1], good)
end
return {string.format('%.0f', now), good, redis.call('HLEN', KEYS[1])}`)

// cleanScript takes from a user's index what was found to be no conversation of
// the user's, unless it was put there within the hour: whoever did may be about
// to save, which saveScript lets nobody do who put it there ten minutes ago.
//
// KEYS: index. ARGV: names and the times found with them.
var cleanScript = newScript(`
local time = redis.call('TIME')
for i = 1, #ARGV, 2 do
	local at = redis.call('HGET', KEYS[1], ARGV[i])
	if at == ARGV[i + 1] and time[1] * 1000 - (tonumber(at) or 0) > 3600000 then
		redis.call('HDEL', KEYS[1], ARGV[i])
	end
end
return 'OK'`)

// logScript reads a page of a log: the number of entries that the record says
// there are, how many there are, the page, and whether there is a record. (A
// transaction would be refused when memory is full.)
//
// KEYS: record, log. ARGV: first number, how many.
var logScript = reading(newScript(number + `
local length = redis.call('LLEN', KEYS[2])
local low, high = 0, length -- the first one is in between
while low < high do
	local middle = math.floor((low + high) / 2)
	local n = number(redis.call('LINDEX', KEYS[2], middle)) -- one that is none is shown
	if n and less(n, ARGV[1]) then low = middle + 1 else high = middle end
end
return {
	redis.call('HGET', KEYS[1], 'entries'),
	length,
	redis.call('LRANGE', KEYS[2], low, low + ARGV[2] - 1),
	redis.call('EXISTS', KEYS[1]),
}`))

func reading(s script) script {
	s.reads = true
	return s
}
