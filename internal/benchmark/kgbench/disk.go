package kgbench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/slotgraph/slotgraph/internal/benchmark/cpu"
	"github.com/slotgraph/slotgraph/kg"
)

// disk measures a graph that is kept in a folder: loading and closing it, and
// opening it again. The rivals, which have no part in that, are let go first.
func (b *bench) disk(ctx context.Context) (err error) {
	if err := b.close(); err != nil {
		return err
	}
	b.rivals, b.graph = nil, nil
	parent, err := os.MkdirTemp("", "kgbench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(parent)) }()
	dir := filepath.Join(parent, "graph")
	answers, err := b.fillFolder(ctx, dir)
	if err != nil {
		return fmt.Errorf("graph on disk: %w", err)
	}
	size, err := folderBytes(dir)
	if err != nil {
		return err
	}
	if err := b.openFolder(ctx, dir, answers, size); err != nil {
		return fmt.Errorf("graph opened again: %w", err)
	}
	return b.err
}

// diskForms are asked before and after.
var diskForms = []string{threeRange, rangeCount, linkEnglish, linkChinese}

// fillFolder loads the catalogue into a folder and returns answers by form.
func (b *bench) fillFolder(ctx context.Context, dir string) (_ map[string][][]string, err error) {
	facts := b.catalogue.facts()
	start := time.Now()
	g, err := kg.Open(dir, nil)
	if err != nil {
		return nil, err
	}
	defer func() {
		err = errors.Join(err, g.Close())
		if err == nil {
			b.print("disk_load_and_close_seconds", time.Since(start).Seconds())
		}
	}()
	if err := g.Add(ctx, facts...); err != nil {
		return nil, err
	}
	b.print("disk_load_seconds", time.Since(start).Seconds())
	if err := g.Checkpoint(ctx); err != nil {
		return nil, err
	}
	answers := map[string][][]string{}
	r := (&ours{g: g}).rival()
	for _, form := range diskForms {
		var list [][]string
		if _, err := check(ctx, form, r, b.questions, &list, b.budget); err != nil {
			return nil, err
		}
		answers[form] = list
	}
	return answers, nil
}

// openFolder opens the folder and checks that the graph answers as before.
func (b *bench) openFolder(ctx context.Context, dir string, answers map[string][][]string, size float64) (err error) {
	start := time.Now()
	used, known := cpu.Seconds()
	g, err := kg.Open(dir, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	seconds, facts := time.Since(start).Seconds(), float64(g.Len())
	b.print("open_seconds", seconds)
	if now, _ := cpu.Seconds(); known {
		b.print("open_cpu_seconds", now-used)
	}
	b.print("open_facts_per_second", facts/seconds)
	b.print("disk_bytes_per_fact", size/facts)
	r := (&ours{g: g}).rival()
	for _, form := range diskForms {
		list := answers[form]
		if _, err := check(ctx, form, r, b.questions[:len(list)], &list, b.budget); err != nil {
			return err
		}
	}
	return nil
}

// folderBytes is the size of the files of a folder and those below it.
func folderBytes(dir string) (float64, error) {
	var size float64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += float64(info.Size())
		}
		return err
	})
	return size, err
}
