package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// orderService says what customers ask about their orders. Its answers come
// from the order book, which is no part of the graph.
func orderService(w words) dst.Service {
	slots := []dst.Slot{
		{Name: "order_number", Type: orderNumber{}, Required: true, Ask: map[string]string{
			"en": "What is your order number?",
			"zh": "请问您的订单号是多少？"}},
		{Name: "order_status", Type: w.enum("order_status")},
		{Name: "arrives", RequestOnly: true},
		{Name: "carrier", RequestOnly: true},
		{Name: "tracking_number", RequestOnly: true, Sensitive: true},
		{Name: "ordered", RequestOnly: true, Multi: true},
	}
	for i := range slots {
		slots[i].Aliases = w.attribute(slots[i].Name)
	}
	return dst.Service{Name: "Order", Aliases: w.all("order"), Slots: slots, Intents: []dst.Intent{{Name: "order"}}}
}

// orders is how the agent reads the order book.
func orders(book recommend.Lookup) []recommend.Live {
	return []recommend.Live{{
		Service: "Order", Lookup: book, Key: "order_number",
		Show: []string{"order_status", "arrives"},
	}}
}

// orderNumber finds the number of an order behind a word for orders, or as all
// that the customer writes.
type orderNumber struct{}

var orderNumbers = regexp.MustCompile(`(?i)(?:\border(?:\s+(?:number|no\.?|id))?(?:\s+is)?|订单(?:号码?|编号)?是?|单号是?|#)\s*[#：:]?\s*(\d{4,8})\b|^\s*(?:it'?s\s+|是)?#?(\d{4,8})\s*[.。!！]?\s*$`)

// Find implements [dst.Type].
func (orderNumber) Find(t *dst.Text) []dst.Mention {
	var out []dst.Mention
	for _, at := range orderNumbers.FindAllStringSubmatchIndex(t.Raw, -1) {
		start, end := at[2], at[3]
		if start < 0 {
			start, end = at[4], at[5]
		}
		out = append(out, dst.Mention{Start: start, End: end, Value: t.Raw[start:end], Score: 1})
	}
	return out
}

// A book is the shop's order system, here a file that is read into memory.
// Yours is a query to a database or a call of an API, with the context that
// says who asks.
type book map[string]order

// An order is one of the order book.
type order struct {
	Number   string    `json:"number"`
	Status   []string  `json:"status"` // the latest first
	Arrives  time.Time `json:"arrives,omitzero"`
	Carrier  string    `json:"carrier,omitempty"`
	Tracking string    `json:"tracking,omitempty"`
	Items    []string  `json:"items"` // what was ordered, as the catalogue's skus
}

// readOrders reads the order book. A shop whose folder has none has no orders.
func readOrders(files fs.FS) (book, error) {
	raw, err := fs.ReadFile(files, "orders.json")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var doc struct {
		Orders []order `json:"orders"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("reading orders.json: %w", err)
	}
	b := book{}
	for _, o := range doc.Orders {
		b[o.Number] = o
	}
	return b, nil
}

// Lookup implements [recommend.Lookup].
func (b book) Lookup(ctx context.Context, q recommend.LookupRequest) (recommend.LookupResult, error) {
	o, ok := b[strings.TrimLeft(q.Values["order_number"], "0")]
	if !ok {
		return recommend.LookupResult{}, ctx.Err()
	}
	values := map[string][]kg.Value{}
	for _, s := range o.Status {
		values["order_status"] = append(values["order_status"], kg.Text(s))
	}
	for _, sku := range o.Items {
		values["ordered"] = append(values["ordered"], kg.Ref(sku))
	}
	if !o.Arrives.IsZero() {
		values["arrives"] = []kg.Value{kg.Time(o.Arrives)}
	}
	if o.Carrier != "" {
		values["carrier"] = []kg.Value{kg.Text(o.Carrier)}
		values["tracking_number"] = []kg.Value{kg.Text(o.Tracking)}
	}
	return recommend.LookupResult{Records: []recommend.Record{{Key: o.Number, Values: values}}}, ctx.Err()
}
