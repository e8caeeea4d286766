package kg

import (
	"strings"
	"sync/atomic"

	"github.com/mozillazg/go-pinyin"
)

// A syllable is a reading of a Chinese character without its tone, five bits a
// letter, the first letter lowest; 0 is none.
type syllable uint32

func packSyllable(s string) syllable {
	var p syllable
	for i := 0; i < len(s) && i < 6; i++ {
		p |= syllable(s[i]-'a'+1) << (5 * i)
	}
	return p
}

func (p syllable) letter(i int) rune { return rune(p>>(5*i)&31) + 'a' - 1 }

// size is the number of letters.
func (p syllable) size() int {
	n := 0
	for ; p != 0; p >>= 5 {
		n++
	}
	return n
}

// readings remembers the first readings of characters plus one: looking one up
// in the dictionary is slow. Goroutines that race write the same.
var readings [0xA000 - 0x4E00]atomic.Uint32

var pinyinArgs = pinyin.NewArgs() // without tones

// reading returns the most frequent reading of a character.
func reading(r rune) syllable {
	if r < 0x4E00 || r >= 0xA000 {
		return 0
	}
	slot := &readings[r-0x4E00]
	if p := slot.Load(); p != 0 {
		return syllable(p - 1)
	}
	var p syllable
	if found := pinyin.SinglePinyin(r, pinyinArgs); len(found) > 0 && strings.Trim(found[0], "abcdefghijklmnopqrstuvwxyz") == "" {
		p = packSyllable(found[0])
	}
	slot.Store(uint32(p) + 1)
	return p
}

// otherReadings are second readings that are common in names. 绿 is lv or lu,
// 女 nv or nu, depending on who types it.
var otherReadings = func() map[rune]syllable {
	m := map[rune]syllable{}
	for s := range strings.FieldsSeq(`重chong 长chang 行hang 乐yue 都du 厦xia 藏cang 朝zhao 曾ceng 单shan 大dai 调tiao 还huan 会kuai 和huo 解xie
		查zha 六lu 堡pu 茄jia 绿lu 女nu 旅lyu 吕lu 铝lu 律lu 率lv 参shen 盛cheng 弹dan 传zhuan 降xiang 角jue 折she 薄bo 壳qiao 血xie 便pian 宿xiu`) {
		for i, r := range s {
			if i == 0 {
				m[r] = packSyllable(s[len(string(r)):])
			}
		}
	}
	return m
}()

// sameReading reports whether two characters share a reading.
func sameReading(a, b rune) bool {
	x, y := reading(a), reading(b)
	other := otherReadings[a]
	return x != 0 && (x == y || x == otherReadings[b]) || other != 0 && (other == y || other == otherReadings[b])
}

// maxReadings bounds the spellings of one run.
const maxReadings = 4

// maxSpelled is the longest run that is found by its pinyin.
const maxSpelled = 8

// spellings returns the features of a run's spellings in pinyin, how many
// there are (none where a character has no reading), and the feature of its
// initials.
func spellings(items []item) (full [maxReadings]uint64, n int, initials uint64) {
	if len(items) < 2 || len(items) > maxSpelled {
		return full, 0, 0
	}
	full[0], n, initials = featPinyin, 1, featInitials
	for i := range items {
		first := reading(items[i].rune)
		if first == 0 {
			return full, 0, 0
		}
		initials = roll(initials, first.letter(0))
		other := otherReadings[items[i].rune]
		for k, had := 0, n; k < had; k++ {
			if other != 0 && n < maxReadings {
				full[n] = rollSyllable(full[k], other)
				n++
			}
			full[k] = rollSyllable(full[k], first)
		}
	}
	return full, n, initials
}

func rollSyllable(h uint64, p syllable) uint64 {
	for ; p != 0; p >>= 5 {
		h = roll(h, p.letter(0))
	}
	return h
}

// spell writes the first reading of a run.
func spell(items []item) string {
	var b strings.Builder
	for i := range items {
		p := reading(items[i].rune)
		for k := range p.size() {
			b.WriteByte(byte(p.letter(k)))
		}
	}
	return b.String()
}

// spelledPrefix reports whether the name begins with Chinese characters whose
// readings spell the word.
func spelledPrefix(name, word string) bool {
	for i := 0; word != ""; {
		r, next := nextKeyed(name, i)
		if r < 0 {
			return false
		}
		rest, ok := cutSyllable(word, reading(r))
		if !ok {
			if rest, ok = cutSyllable(word, otherReadings[r]); !ok {
				return false
			}
		}
		word, i = rest, next
	}
	return true
}

func cutSyllable(word string, p syllable) (string, bool) {
	n := p.size()
	if n == 0 || len(word) < n {
		return word, false
	}
	for i := range n {
		if rune(word[i]) != p.letter(i) {
			return word, false
		}
	}
	return word[n:], true
}

// notPinyin are English words and abbreviations that Chinese names may be spelt
// like and that are not among [commonWords].
var notPinyin = wordSet(`women guide longer danger chase shade tangle linger manage dance shale lane pale tale cage wage dine wine bike hike same
	gate rage mango panda banana canada tune rude nude cute gene dare bare rare tire hire cure pure lease tease louse pause sauce canon tense dense
	fence singer finger hunger ginger longest sushi taxi mini bikini wifi menu sense mouse tongue genre league magnet manga tiger tango bingo lingo jungle
	single shuttle python penguin engine machine nature future culture huge luge mute dune june nike asia china america linux unix
	usb ssd hdd pdf mph kmh dvd cd sms gps dns xml html http https nyc xxl xs xl xxs pc tv pm dm mm cm km kg gb mb tb hz ghz mhz wh mah rgb lcd led oled nfc sd hd uhd dsl
	thx pls btw fyi lmk brb tbd hmm ok mr mrs ms dr st rd vs`)
