package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// around is how much of the graph a picture shows: the thing, what it refers
// to, and so many things that refer to it in each way, with what is known of
// them all.
var around = kg.PictureOptions{Incoming: 6, Rim: true, Facts: 4000}

// draw writes a picture of a thing and what it hangs together with to a file,
// and says where it is. What the disk has against it is an answer too.
func (t *talk) draw(ctx context.Context, id, file string) (string, error) {
	opts := around
	opts.Lang = t.lang
	picture, err := t.shop.Graph.Picture(ctx, []string{id}, 1, &opts)
	if err != nil {
		return "", err
	}
	if file == "" {
		file, err = t.pictureFile(id)
	}
	if err == nil {
		err = t.write(ctx, picture, file)
	}
	if err != nil {
		return fmt.Sprintf(t.say("I could not draw it: %v", "无法画图：%v"), err), nil
	}
	return t.say("picture: ", "图：") + clip(file), nil
}

// pictureFile is where the picture of a thing goes that was given no file: into
// a folder of this conversation, which stays, for the picture to be looked at.
func (t *talk) pictureFile(id string) (string, error) {
	if t.folder == "" {
		folder, err := os.MkdirTemp("", "slotgraph-shop-")
		if err != nil {
			return "", err
		}
		t.folder = folder
	}
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, id)
	return filepath.Join(t.folder, plain[:min(len(plain), 80)]+".html"), nil
}

// write draws a picture in the form that the file's name asks for.
func (t *talk) write(ctx context.Context, p *kg.Picture, file string) (err error) {
	var form func(io.Writer) error
	switch ext := strings.ToLower(filepath.Ext(file)); ext {
	case ".html", ".htm":
		form = func(w io.Writer) error { return p.HTML(w, t.page(ctx)) }
	case ".dot", ".gv":
		form = p.DOT
	case ".mmd", ".mermaid":
		form = p.Mermaid
	case ".json":
		form = func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(p)
		}
	default:
		return fmt.Errorf(t.say("a file ends in .html, .dot, .mmd or .json, not in %q", "文件名应以 .html、.dot、.mmd 或 .json 结尾，而不是 %q"), clip(ext))
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	return form(f)
}

// page words a picture as the conversation does.
func (t *talk) page(ctx context.Context) *kg.PageOptions {
	return &kg.PageOptions{Lang: t.lang, Label: t.label, Value: func(f kg.Fact) string {
		s := t.object(ctx, f)
		if f.Predicate == "kind" && s == f.Object.String() {
			return t.label(s) // a kind that is no category, such as "brand"
		}
		return s
	}}
}
