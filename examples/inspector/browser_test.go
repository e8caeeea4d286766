package main

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/internal/webtest"
)

var update = flag.Bool("inspector.update", false, "take the screenshots in testdata again")

// markup is a product's name that would do harm where it is taken for HTML.
const markup = `<img src='http://127.0.0.1:9/x' onerror='document.title=1'> 13`

// shopFiles are those of the demo shop, with one product renamed.
func shopFiles(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(store.Demo(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(store.Demo(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	const name = "Redmi 13C 128 GB"
	file := files["catalogue.json"]
	if !bytes.Contains(file.Data, []byte(name)) {
		t.Fatalf("the catalogue has no %s", name)
	}
	file.Data = bytes.ReplaceAll(file.Data, []byte(name), []byte(markup))
	return files
}

// A developer is a person at the page.
type developer struct {
	*webtest.Tab
	url  string
	shop *store.Shop
}

// demo is the demo shop, which the tests share.
var demo = sync.OnceValues(func() (*store.Shop, error) { return store.Open(context.Background(), store.Demo()) })

// sit opens the inspector of the demo shop in a browser.
func sit(t *testing.T) *developer {
	t.Helper()
	shop, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return sitIn(t, shop)
}

// sitIn opens the inspector of a shop in a browser.
func sitIn(t *testing.T, shop *store.Shop) *developer {
	t.Helper()
	h, err := handler(shop, "")
	if err != nil {
		t.Fatal(err)
	}
	d := sitAt(t, h)
	d.shop = shop
	return d
}

// sitAt opens an inspector in a browser.
func sitAt(t *testing.T, h http.Handler) *developer {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return &developer{Tab: webtest.Open(t, 1440, 1000, 4*time.Minute), url: server.URL + "/"}
}

// until waits for an expression to be what it should.
func (d *developer) until(expression, want string) {
	d.Helper()
	got := ""
	for range 400 {
		if got = d.Look(expression); got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.Fatalf("%s is %q, want %q", expression, got, want)
}

const (
	count    = `document.querySelectorAll('#turns [role=option]').length`
	selected = `[...document.querySelectorAll('#turns [role=option]')].findIndex((x) => x.getAttribute('aria-selected') === 'true') + 1`
	idle     = `document.body.getAttribute('aria-busy')`
	focused  = `(document.activeElement.id || document.activeElement.tagName)`
)

// key presses a key where the focus is.
func key(k string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(k) }

// say types a message and waits for the answer, the n-th one.
func (d *developer) say(message, n string) {
	d.Helper()
	insert := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { // faster than by keys
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: message})
		return err
	})
	d.Do(chromedp.Focus(chromedp.CSS("#message")), insert, key(kb.Enter))
	d.until(count, n)
	d.until(idle, "false")
}

// part is the text of a section of the panel.
func (d *developer) part(name string) string {
	d.Helper()
	return d.Look(`document.querySelector('#part-` + name + `').innerText`)
}

func (d *developer) has(name string, wants ...string) {
	d.Helper()
	got := d.part(name)
	for _, want := range wants {
		if !strings.Contains(got, want) {
			d.Errorf("%s shows %q, without %q", name, got, want)
		}
	}
}

// screenshot takes one for the READMEs, where that is asked for.
func (d *developer) screenshot(file string) {
	d.Helper()
	if !*update {
		return
	}
	time.Sleep(300 * time.Millisecond) // the pictures of the graph come last
	shot, err := chromedp.Run(d.Ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.Fatal(err)
	}
	small := smaller(d.T, shot)
	if len(small) > 150_000 {
		d.Errorf("%s has %d bytes, more than 150 kB", file, len(small))
	}
	if err := os.WriteFile(file, small, 0o644); err != nil {
		d.Fatal(err)
	}
}

// undisturbed checks that nothing went wrong and nothing came from elsewhere.
func (d *developer) undisturbed() {
	d.Helper()
	requests, problems := d.Seen()
	for _, url := range requests {
		if !strings.HasPrefix(url, d.url) && !strings.HasPrefix(url, "data:") {
			d.Errorf("the page asks for %s", url)
		}
	}
	if len(requests) < 5 || len(problems) > 0 {
		d.Errorf("requests %v, want at least those of the page's parts; problems %v, want none", requests, problems)
	}
}

// smaller is a PNG with 256 colours, those that it has most of and for others
// the nearest of them: a page of text loses nothing by it.
func smaller(t *testing.T, shot []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	count, size := map[color.RGBA]int{}, img.Bounds()
	for y := range size.Dy() {
		for x := range size.Dx() {
			count[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	out := image.NewPaletted(size, nil)
	for _, c := range colours[:min(len(colours), 256)] {
		out.Palette = append(out.Palette, c)
	}
	draw.Draw(out, size, img, image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
