// Package webtest has tests look at pages in a real browser.
package webtest

import (
	"context"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Tab is a headless Chromium with one page, that notes what the page asks
// for and what goes wrong in it.
type Tab struct {
	*testing.T
	Ctx context.Context // of the browser

	mu                 sync.Mutex
	requests, problems []string
}

// Open starts a browser of a size in pixels, for at most a time, and skips the
// test where there is none.
func Open(t *testing.T, width, height int, limit time.Duration) *Tab {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here: the page is not tried in a browser (Debian: apt-get install chromium)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.WindowSize(width, height), chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	tab := &Tab{T: t, Ctx: ctx}
	tab.Do() // starts the browser, which would end with a deadline of its first step
	tab.Ctx, cancel = context.WithTimeout(ctx, limit)
	t.Cleanup(cancel)
	if err := chromedp.Listen(tab.Ctx, tab.watch); err != nil {
		t.Fatal(err)
	}
	return tab
}

func (tab *Tab) watch(event any) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		tab.requests = append(tab.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		tab.problems = append(tab.problems, e.ExceptionDetails.Text+" "+e.ExceptionDetails.URL)
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelInfo && e.Entry.Level != log.EntryLevelVerbose {
			tab.problems = append(tab.problems, "log: "+e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		tab.problems = append(tab.problems, "console: "+string(e.Type))
	case *page.EventJavascriptDialogOpening:
		tab.problems = append(tab.problems, "dialog: "+e.Message)
	}
}

// Do takes steps in the page; one that fails ends the test.
func (tab *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	tab.Helper()
	if err := chromedp.Do(tab.Ctx, steps...); err != nil {
		tab.Fatal(err)
	}
}

// Look returns what a JavaScript expression finds in the page, as text.
func (tab *Tab) Look(expression string) string {
	tab.Helper()
	s, err := chromedp.Run(tab.Ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		tab.Fatalf("%s: %v", expression, err)
	}
	return s
}

// Seen returns the addresses that the page has asked for so far, and the errors,
// warnings, console output and dialogs of it.
func (tab *Tab) Seen() (requests, problems []string) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.requests), slices.Clone(tab.problems)
}
