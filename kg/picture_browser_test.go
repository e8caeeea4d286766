package kg_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/slotgraph/slotgraph/internal/webtest"
	"github.com/slotgraph/slotgraph/kg"
)

// drawn writes the page of a graph of phones, one of which has a name that is
// markup.
func drawn(t *testing.T) (url string) {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	var facts []kg.Fact
	for i := range 40 {
		id := fmt.Sprintf("p%02d", i)
		facts = append(facts, kg.Fact{Subject: id, Predicate: "name", Object: kg.Text(fmt.Sprintf("Nova %d", i+1))},
			kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text([]string{"phone", "laptop", "tablet"}[i%3])},
			kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(float64(1000+i), "CNY")},
			kg.Fact{Subject: id, Predicate: "similar", Object: kg.Ref(fmt.Sprintf("p%02d", (i+9)%40))}, kg.Fact{Subject: id, Predicate: "next", Object: kg.Ref(fmt.Sprintf("p%02d", (i+1)%40))})
	}
	facts = append(facts, kg.Fact{Subject: "p10", Predicate: "similar", Object: kg.Ref("evil")}, kg.Fact{Subject: "p00", Predicate: "similar", Object: kg.Ref("evil")},
		kg.Fact{Subject: "evil", Predicate: "name", Object: kg.Text(`</script><script>document.title="broken"</script><img src="http://127.0.0.1:9/x" onerror='document.title="broken"'>`)},
		kg.Fact{Subject: "evil", Predicate: "note", Object: kg.Text("防水手机壳")})
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	p, err := g.Picture(context.Background(), []string{"p00"}, 4, &kg.PictureOptions{Incoming: 5, Rim: true})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := p.HTML(f, &kg.PageOptions{Title: "Phones"}); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(path)
}

// A reader is a person at the page.
type reader struct{ *webtest.Tab }

// moves checks that a step changes the view.
func (r reader) moves(what string, step chromedp.Action[chromedp.Void]) {
	r.Helper()
	before := r.Look(view)
	r.Do(step)
	if after := r.Look(view); after == before {
		r.Errorf("%s leaves the view at %s", what, before)
	}
}

const (
	view = `document.querySelector('#view').getAttribute('transform')`
	card = `document.querySelector('.card:not([hidden])').innerText`
)

// TestPageInBrowser opens the page in Chromium and uses it as a reader does.
func TestPageInBrowser(t *testing.T) {
	r, url := reader{webtest.Open(t, 1280, 800, 2*time.Minute)}, drawn(t)
	r.Do(chromedp.Navigate(url))
	if got := r.Look(card); !strings.HasPrefix(got, "Nova 1\n") || !strings.Contains(got, "1000 CNY") {
		t.Errorf("to begin with, the facts are %q", got)
	}
	r.Do(chromedp.Focus(chromedp.CSS("svg")))
	r.moves("+", chromedp.KeyEvent("+"))
	r.moves("the left arrow", chromedp.KeyEvent(kb.ArrowLeft))
	r.moves("0", chromedp.KeyEvent("0"))
	r.moves("the wheel", chromedp.MouseEvent("mouseWheel", 300, 300, func(p *input.DispatchMouseEventParams) {
		p.DeltaX, p.DeltaY = 1, -200 // a zero would not be sent, and is asked for
	}))
	r.moves("dragging", chromedp.DragAndDropXY(40, 120, 140, 190))
	r.moves("the button", chromedp.Click(chromedp.CSS("#fit")))
	if shot, err := chromedp.Run(r.Ctx, chromedp.CaptureScreenshot()); err != nil || colours(t, shot) < 20 {
		t.Errorf("the screenshot has %d colours, %v", colours(t, shot), err)
	}
	r.search()
	r.choose()
	r.Do(chromedp.Navigate(url + "?lang=zh"))
	if lang, text := r.Look(`document.documentElement.lang`), r.Look(`document.querySelector('#search').placeholder`); lang != "zh" || text != "搜索名称和事实" {
		t.Errorf("asked for Chinese, the page is in %q: %q", lang, text)
	}
	r.undisturbed()
}

// slash presses the key that leads to the search. The driver sends the character
// apart from the key, so that a page cannot keep it from being typed.
func slash() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent("/", func(k *input.DispatchKeyEventParams) {
		if k.Type == kb.KeyChar {
			k.Type = kb.KeyUp
		}
	})
}

// search looks for a fact of the thing whose name is markup.
func (r reader) search() {
	r.Do(slash())
	r.moves("a search", chromedp.KeyEvent("防水"))
	if got := r.Look(`document.querySelector('#count').textContent`); got != "1 / 1" {
		r.Errorf("%q things found, want 1 / 1", got)
	}
	if got := r.Look(`document.querySelector('.node.current').getAttribute('aria-label')`); !strings.HasPrefix(got, "</script><script>") {
		r.Errorf("found %q", got)
	}
	if got := r.Look(card); !strings.Contains(got, "防水手机壳") {
		r.Errorf("the facts of what was found: %q", got)
	}
	r.Do(chromedp.KeyEvent(kb.Escape), slash(), chromedp.KeyEvent("nova 2"))
	first := r.Look(card)
	r.Do(chromedp.KeyEvent(kb.Enter))
	if count, second := r.Look(`document.querySelector('#count').textContent`), r.Look(card); !strings.HasPrefix(count, "2 / ") || first == second {
		r.Errorf("Enter goes to %q, %q", count, second)
	}
	r.Do(chromedp.KeyEvent(kb.Escape))
	if got := r.Look(`document.querySelectorAll('.hit, .chosen.node').length + document.querySelector('#search').value`); got != "0" {
		r.Errorf("after Escape %q is still found", got)
	}
}

// choose chooses things by keyboard, by mouse, and in the facts of another.
func (r reader) choose() {
	r.Do(chromedp.KeyEvent("0"))
	r.Look(`document.querySelectorAll('.node')[3].focus()`)
	r.Do(chromedp.KeyEvent(kb.Enter))
	name := r.Look(`document.querySelectorAll('.node')[3].getAttribute('aria-label')`)
	if got := r.Look(card); !strings.HasPrefix(got, name+"\n") {
		r.Errorf("Enter on %q shows %q", name, got)
	}
	r.Do(chromedp.Click(chromedp.CSS(".node.asked rect")))
	if got := r.Look(card); !strings.HasPrefix(got, "Nova 1\n") {
		r.Errorf("a click on Nova 1 shows %q", got)
	}
	to := r.Look(`document.querySelector('.card:not([hidden]) [data-go]').textContent`)
	r.Do(chromedp.Click(chromedp.CSS(".card:not([hidden]) [data-go]")))
	if got := r.Look(card); !strings.HasPrefix(got, to+"\n") {
		r.Errorf("a click on the reference to %q shows %q", to, got)
	}
}

// undisturbed checks that nothing went wrong and nothing was loaded.
func (r reader) undisturbed() {
	if title := r.Look(`document.title`); title != "Phones" {
		r.Errorf("the title is now %q", title)
	}
	requests, problems := r.Seen()
	for _, url := range requests {
		if !strings.HasPrefix(url, "file://") && !strings.HasPrefix(url, "data:") {
			r.Errorf("the page asks for %s", url)
		}
	}
	if len(requests) < 2 || len(problems) > 0 {
		r.Errorf("requests %v, want at least the page twice; problems %v, want none", requests, problems)
	}
}

// colours counts the colours of a PNG.
func colours(t *testing.T, png []byte) int {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(png))
	if err != nil {
		t.Fatal(err)
	}
	found := map[[4]uint32]bool{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, a := img.At(x, y).RGBA()
			found[[4]uint32{r, g, b, a}] = true
		}
	}
	return len(found)
}
