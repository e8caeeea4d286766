package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

// TestInspector has a conversation in English and one in Chinese, with the
// keyboard alone.
func TestInspector(t *testing.T) {
	d := sit(t)
	d.Do(chromedp.EmulateViewport(1440, 1080), chromedp.Navigate(d.url+"?lang=en"))
	d.until(focused, "message")
	d.say("I'm looking for a laptop for university, about 5000 yuan, no Lenovo please", "1")
	d.say("it must have 16 GB of memory", "2")
	d.Do(chromedp.KeyEvent("how heavy is the second one?" + kb.Enter)) // the focus is in the box
	d.until(count, "3")
	d.until(idle, "false")
	d.Do(key(kb.Escape), key(kb.ArrowUp))
	d.until(selected, "2")
	d.until(`document.querySelector('#part-understood mark').firstChild.data`, "16 GB")
	d.has("understood", "inform", "memory = 16 GB", "from “16 GB”")
	d.has("intent", "buy", "%")
	d.has("state", "+", "memory = 16 GB", "brand ≠ Lenovo", "turn 1", "Acer Swift Go 14")
	d.until(`document.querySelectorAll('#part-state tr.added').length`, "1")
	d.has("answer", "search", "memory_gb = 16 GB", "template")
	d.has("items", "Acer Swift Go 14", "memory = 16 GB")
	d.has("facts", "f1", "memory", "catalogue.json")
	d.has("timing", "understand", "total")
	d.until(`document.querySelectorAll('#part-graph .node').length > 3`, "true")
	d.screenshot("inspector-en.png")
	d.keys()
	d.replays()
	d.chinese()
	d.undisturbed()
}

// keys chooses turns and leaves the list.
func (d *developer) keys() {
	d.Helper()
	d.Do(key(kb.Home))
	d.until(selected, "1")
	d.Do(key(kb.End))
	d.until(selected, "3")
	d.Do(key(kb.Enter))
	d.until(focused, "panel")
	d.Do(key(kb.Escape), key(kb.Escape))
	d.until(focused, "message")
	seen := d.tab(12)
	d.Do(chromedp.Focus(chromedp.CSS("#message")))
	seen += d.tab(10, chromedp.KeyModifiers(chromedp.ModifierShift))
	for _, id := range []string{" BUTTON ", " SUMMARY ", " g ", " turn2 ", " lang ", " import ", " json ", " transcript ", " replay ", " undo ", " new "} {
		if !strings.Contains(seen, id) {
			d.Errorf("the key Tab comes to%s, and not to%s", seen, id)
		}
	}
	if strings.Contains(seen, "!") {
		d.Errorf("of%s some show no focus", seen)
	}
}

// tab presses the key n times and returns what it comes to, with a mark where
// that is not seen.
func (d *developer) tab(n int, opts ...chromedp.KeyOption) string {
	d.Helper()
	seen := " "
	for range n {
		d.Do(chromedp.KeyEvent(kb.Tab, opts...))
		seen += d.Look(focused+` + (document.activeElement !== document.body && getComputedStyle(document.activeElement).outlineStyle === 'none' ? '!' : '')`) + " "
	}
	return seen
}

// replays undoes a turn, says it again, replays the conversation, exports it,
// and plays what was exported.
func (d *developer) replays() {
	d.Helper()
	d.Do(chromedp.Focus(chromedp.CSS("#undo")), key(kb.Enter))
	d.until(count, "2")
	d.until(`document.querySelector('#message').value`, "how heavy is the second one?")
	d.until(focused, "message")
	d.Do(key(kb.Enter))
	d.until(count, "3")
	d.until(idle, "false")
	d.Do(chromedp.Focus(chromedp.CSS("#replay")), key(kb.Enter))
	d.until(`document.querySelector('#dialog').open`, "true")
	d.until(`document.querySelector('#dialog-title').textContent`, "All 3 turns came out the same.")
	d.Do(key(kb.Escape))
	d.until(`document.querySelector('#dialog').open`, "false")
	text := d.get(d.Look(`document.querySelector('#transcript').href`))
	if played := play(d.T, d.shop, text); played != text || strings.Count(played, "\nuser: ") != 3 {
		d.Errorf("the exported transcript is\n%s\nand played\n%s", text, played)
	}
	d.opens(d.get(d.Look(`document.querySelector('#json').href`)))
	d.Do(chromedp.Reload())
	d.until(count, "3") // the conversation is still there
	d.Look(`document.querySelectorAll('#turns li')[0].click()`)
	d.until(selected, "1")
	d.Do(chromedp.Focus(chromedp.CSS(".head button")), key(kb.Enter))
	d.until(count, "1") // a branch of it
	d.until(idle, "false")
	d.until(focused, "turn0")
	d.together()
}

func (d *developer) get(url string) string {
	d.Helper()
	response, err := http.Get(url)
	if err != nil {
		d.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		d.Fatalf("%s: %s, %v", url, response.Status, err)
	}
	return string(text)
}

// together says something in another tab that has the conversation too.
func (d *developer) together() {
	d.Helper()
	url := strings.TrimSuffix(d.Look(`document.querySelector('#json').href`), "session.json") + "turns"
	response, err := http.Post(url, "application/json", strings.NewReader(`{"message":"what about tablets?"}`))
	if err != nil {
		d.Fatal(err)
	}
	response.Body.Close()
	d.say("hello", "3")
	d.until(`[...document.querySelectorAll('#turns .user')].slice(1).map((x) => x.innerText).join()`, "what about tablets?,hello")
}

// opens takes up an exported conversation, as of a bot that had answered
// otherwise, and keeps what this one answers.
func (d *developer) opens(conversation string) {
	d.Helper()
	file := filepath.Join(d.TempDir(), "conversation.json")
	other := strings.Replace(conversation, "The weight of", "The mass of", 1)
	if err := os.WriteFile(file, []byte(other), 0o600); err != nil || other == conversation {
		d.Fatalf("%v in %s", err, conversation)
	}
	d.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	d.until(`document.querySelectorAll('#turns .bot')[2].textContent.startsWith('The mass of')`, "true")
	d.until(idle, "false")
	d.Do(chromedp.Focus(chromedp.CSS("#replay")), key(kb.Enter))
	d.until(`document.querySelector('#dialog-title').textContent + document.querySelector('#dialog').open`, "1 of the turns came out differently.true")
	d.until(`document.querySelectorAll('#dialog-body tbody tr').length + ' ' + document.querySelector('#dialog-body tbody').innerText.includes('The mass of')`, "1 true")
	d.Do(chromedp.Focus(chromedp.CSS("#keep")), key(kb.Enter))
	d.until(`document.querySelectorAll('#turns .bot')[2].textContent.startsWith('The weight of')`, "true")
	d.until(idle, "false")
}

// chinese talks in Chinese, on a page that is in Chinese.
func (d *developer) chinese() {
	d.Helper()
	d.Do(chromedp.Focus(chromedp.CSS("#new")), key(kb.Enter))
	d.until(count, "0")
	d.Do(chromedp.Focus(chromedp.CSS("#lang")), key(kb.Enter))
	d.until(`document.documentElement.lang + document.querySelector('#message').placeholder`, "zh输入消息")
	d.say("你好，想买个拍照好的手机，四千以内", "1")
	d.say("不要苹果，内存至少12G", "2")
	d.say("第二个多重？", "3")
	d.Do(key(kb.Escape), key(kb.ArrowUp))
	d.until(selected, "2")
	d.until(`[...document.querySelectorAll('#part-understood mark')].map((x) => x.firstChild.data).join()`, "苹果,12G")
	d.has("state", "品牌 ≠ 苹果", "内存 ≥ 12GB", "来自“四千”", "第 1 轮")
	d.until(`document.querySelectorAll('#part-graph .node').length > 3`, "true")
	d.screenshot("inspector-zh.png")
}

// TestMarkup checks that nothing that is said or sold is taken for markup.
func TestMarkup(t *testing.T) {
	shop, err := store.Open(t.Context(), shopFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Graph.Close()
	d := sitIn(t, shop)
	d.Do(chromedp.Navigate(d.url + "?lang=en"))
	d.until(focused, "message") // the page is ready
	d.until(idle, "false")
	d.until(`document.querySelector('#attach').checkVisibility()`, "false") // the bot makes no pictures out
	d.say(`<img src='http://127.0.0.1:9/y' onerror='document.title=2'> a phone under 700 yuan`, "1")
	d.say("a Redmi phone under 1000 yuan", "2")
	if got := d.Look(`document.querySelector('#turns').innerText + document.querySelector('#panel').innerText`); strings.Count(got, "onerror='document.title=1'") < 3 || !strings.Contains(got, "onerror='document.title=2'") {
		t.Errorf("the markup is not shown as it is: %s", got)
	}
	if got := d.Look(`document.querySelectorAll('img').length + document.title`); got != "0slotgraph · Inspector" {
		t.Errorf("the page has images, or another title: %s", got)
	}
	d.undisturbed()
}

// faint finds texts whose contrast with what is behind them is under 4.5.
const faint = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (c) => c.slice(0, 3).map((x) => x / 255).map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4).reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const e of document.querySelectorAll('body *:not(:disabled):not(svg *)')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.closest('.unseen')) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(e.className + ' ' + e.textContent);
  }
  return bad.join('; ');
})()`

// colours has the browser prefer a colour scheme.
func colours(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})
}

// TestSmallAndDark looks at the page on a phone's screen, which is also what is
// seen at a large zoom, and in both colour schemes.
func TestSmallAndDark(t *testing.T) {
	d := sit(t)
	for _, width := range []int64{360, 720, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			d.Do(chromedp.EmulateViewport(width, 800), colours(scheme), chromedp.Navigate(d.url+"?lang=en"))
			d.until(focused, "message")
			if d.Look(count) == "0" {
				d.say("a phone for photography under 4000 yuan", "1")
				d.say("no Xiaomi please", "2")
				d.say("我手机充不进电，怎么办", "3")
			}
			d.Look(`document.querySelectorAll('#turns li')[1].click()`)
			d.until(`document.querySelectorAll('#part-graph .node').length > 3`, "true")
			d.Look(`document.querySelectorAll('details').forEach((x) => { x.open = true; })`)
			if got := d.Look(`document.documentElement.scrollWidth`); got != d.Look(`innerWidth`) {
				t.Errorf("at a width of %d pixels the page is %s wide", width, got)
			}
			if got := d.Look(faint); got != "" {
				t.Errorf("in the %s scheme, these are hard to read: %s", scheme, got)
			}
		}
	}
	d.undisturbed()
}
