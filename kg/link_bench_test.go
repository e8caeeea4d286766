package kg

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// productNames generates the names of n products, English and Chinese ones by
// turns: about 200 brands, model numbers, editions and sizes. It is the same at
// each call.
func productNames(n int) []nameFact {
	r := rand.New(rand.NewPCG(7, 11))
	heads, tails := []string{"No", "Ze", "Lu", "Ar", "Pix", "Ki", "Vor", "Tan", "Os", "Mir", "Bel", "Cas", "Dyn"}, []string{"va", "phyr", "mora", "cadia", "elon", "rato", "dex", "gora", "tiq", "lis"}
	chars := []rune("华为小米荣耀联想海信格力美的创维康佳长虹松下金立魅族酷派中兴青云山黛月光星辰雪域沙岩羽砂白曜石黑翡冷翠晨曦蓝")
	var brands, zhBrands, colours []string
	for _, h := range heads {
		for _, t := range tails {
			brands = append(brands, h+t)
		}
	}
	for i := range 70 {
		zhBrands = append(zhBrands, string(chars[i%22*2])+string(chars[(i%22*2+1+i/22*6)%len(chars)]))
		colours = append(colours, string(chars[22+i%20])+string(chars[30+i%13])+string(chars[40+i%11]))
	}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	series, edition := []string{"X", "S", "A", "Mate", "Note", "Book", "Pad", "Watch"}, []string{"Pro", "Pro Max", "Air", "Lite", "Ultra", "Plus"}
	names := make([]nameFact, n)
	for i := range names {
		size := []int{64, 128, 256, 512}[r.IntN(4)]
		text := fmt.Sprintf("%s %s%d %s %d GB", pick(brands), pick(series), 1+r.IntN(99), pick(edition), size)
		if i%2 == 1 {
			text = fmt.Sprintf("%s %s %d %s", pick(zhBrands), pick(series), 1+r.IntN(99), pick(colours))
		}
		names[i] = nameFact{id: fmt.Sprintf("p%d", i), text: text}
	}
	return names
}

var linkIndexes = map[int]func() *linkIndex{
	100_000:   sync.OnceValue(func() *linkIndex { return newLinkIndex(slices.Values(productNames(100_000)), nil) }),
	1_000_000: sync.OnceValue(func() *linkIndex { return newLinkIndex(slices.Values(productNames(1_000_000)), nil) }),
}

// linkSentences name the product in 12 words, or in Chinese of like length.
func linkSentences() [][2]string {
	names := productNames(50)
	return [][2]string{
		{"en", "hello do you have the " + names[10].text[:len(names[10].text)-6] + " in stock today please"},
		{"enTypo", "hello do you have the novva x12 pro max in stock today"},
		{"enCommon", "what is the best phone with max storage and pro camera please"},
		{"zh", "你好，请问" + names[11].text + "现在有货吗，多少钱一台"},
		{"zhPart", "你好，我想买一台华为的手机，请问有什么颜色可以选择"},
		{"pinyin", "do you have the huawei mate60 in the shop in town today"},
		{"mixed", "小米14 ultra 和 nova x12 pro max 哪个好一点呢"},
	}
}

func BenchmarkLinkSentence(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		for _, s := range linkSentences() {
			b.Run(fmt.Sprintf("%s/%d", s[0], n), func(b *testing.B) {
				x := linkIndexes[n]()
				b.ReportAllocs()
				for b.Loop() {
					if _, err := x.link(context.Background(), s[1], LinkOptions{}, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkLinkBuild indexes 100,000 names.
func BenchmarkLinkBuild(b *testing.B) {
	names := productNames(100_000)
	for b.Loop() {
		x := newLinkIndex(slices.Values(names), nil)
		b.ReportMetric(float64(x.size())/float64(len(names)), "bytes/name")
	}
}

// BenchmarkLinkUpdate renames one product of 100,000.
func BenchmarkLinkUpdate(b *testing.B) {
	x := linkIndexes[100_000]()
	last := productNames(1)[0]
	last.id = "new"
	x = x.with(nil, []nameFact{last})
	i := 0
	for b.Loop() {
		next := last
		next.text = fmt.Sprintf("Nova X%d Pro Max %d", i%90, i)
		if x = x.with([]nameFact{last}, []nameFact{next}); x.wantsCompact() {
			b.StopTimer()
			x = x.compact()
			b.StartTimer()
		}
		last = next
		i++
	}
}
