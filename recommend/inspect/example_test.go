package inspect_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

// mount adds the inspector of a bot to what it serves.
func mount(mux *http.ServeMux, agent *recommend.Agent) error {
	page, err := inspect.New(agent, nil)
	if err != nil {
		return err
	}
	mux.Handle("/inspect/", http.StripPrefix("/inspect", page))
	return nil
}

// A developer mounts the inspector in a bot's own server, while developing, and
// opens http://127.0.0.1:8080/inspect/.
func ExampleNew() {
	graph, err := kg.New(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer graph.Close()
	ctx := context.Background()
	if err := graph.Add(ctx, kg.Fact{Subject: "t1", Predicate: "kind", Object: kg.Text("tea")}, kg.Fact{Subject: "t1", Predicate: "price", Object: kg.Num(90, "CNY")}); err != nil {
		fmt.Println(err)
		return
	}
	agent, err := recommend.New(ctx, recommend.Config{
		Graph:    graph,
		Schema:   dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{{Name: "price", Type: &dst.Money{Currency: "CNY"}}}}}},
		Bindings: []recommend.Binding{{Kind: "tea"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	if err := mount(mux, agent); err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(mux) // or http.ListenAndServe("127.0.0.1:8080", mux)
	defer server.Close()
	response, err := http.Get(server.URL + "/inspect/")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	fmt.Println(response.Status, response.Header.Get("Content-Type"), len(text) > 0, err)
	// Output: 200 OK text/html; charset=utf-8 true <nil>
}
