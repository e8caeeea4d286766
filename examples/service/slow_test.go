package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A client that does not send the rest of its request gets its answer, and holds
// no connection.
func TestUnreadBodies(t *testing.T) {
	s := serveTest(t, func(c *config) { c.tokens = twoTenants(t) })
	for _, head := range []string{
		"POST /v1/sessions/a/messages HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100", // without a token
		"DELETE /v1/users/nobody HTTP/1.1\r\nAuthorization: Bearer " + northToken + "\r\nContent-Length: 100",
		"GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(readRest + 5*time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(conn, "%s\r\nHost: localhost\r\n\r\n", head); err != nil {
			t.Fatal(err)
		}
		from := bufio.NewReader(conn)
		response, err := http.ReadResponse(from, nil)
		if err != nil {
			t.Errorf("%.20s: no answer: %v", head, err)
			continue
		}
		response.Body.Close()
		if _, err := from.Discard(1 << 20); err == nil || strings.Contains(err.Error(), "timeout") {
			t.Errorf("%.20s: status %d, then %v: the connection stays", head, response.StatusCode, err)
		}
	}
}
