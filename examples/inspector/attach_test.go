package main

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

// teaShop is a bot that knows one tea by its looks.
func teaShop(t *testing.T) *recommend.Agent {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	for predicate, object := range map[string]kg.Value{"kind": kg.Text("tea"), "name": kg.Text("Snow Bud"), "price": kg.Num(60, "CNY")} {
		if err := g.Add(t.Context(), kg.Fact{Subject: "t1", Predicate: predicate, Object: object}); err != nil {
			t.Fatal(err)
		}
	}
	agent, err := recommend.New(t.Context(), recommend.Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true}, {Name: "price", Aliases: []string{"how much"}, Type: &dst.Money{Currency: "CNY"}},
		}}}},
		Bindings:  []recommend.Binding{{Kind: "tea"}},
		Describer: &recommend.FakeDescriber{Script: []recommend.FakeDescription{recommend.Shows("Snow Bud", 0.9)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return agent
}

// TestAttach sends a picture to a bot that can make pictures out, having taken
// another one back.
func TestAttach(t *testing.T) {
	var files []string
	for _, name := range []string{"tea.png", "other.png"} {
		path := filepath.Join(t.TempDir(), name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	h, err := inspect.New(teaShop(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := sitAt(t, h)
	d.Do(chromedp.Navigate(d.url + "?lang=en"))
	d.until(focused, "message")
	d.Do(chromedp.SetUploadFiles(chromedp.CSS("#partfile"), files))
	d.until(`document.querySelectorAll('#parts li').length`, "2")
	d.Do(chromedp.Focus(chromedp.CSS("#parts li:last-child button")), key(kb.Enter))
	d.until(`document.querySelector('#parts').innerText.trim().split(/\s+/)[0] + document.querySelectorAll('#parts li').length`, "tea.png1")
	d.say("how much is this?", "1")
	d.until(`document.querySelector('#turns .user').innerText`, "[tea.png] how much is this?")
	d.has("perceived", "tea.png", "Snow Bud", "90%")
	d.has("understood", "image", "Snow Bud")
	d.until(`document.querySelector('#parts').hidden`, "true")
	d.undisturbed()
}
