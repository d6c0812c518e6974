package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/services/github_app_auth"
)

// noApps knows no GitHub App.
type noApps struct{}

func (noApps) GetAuthSecret(_ context.Context, name string) (*github_app_auth.Authentication, error) {
	return nil, fmt.Errorf("no GitHub App %q here", name)
}

// stayHere has Go's default HTTP transport, which all of Argo CD's providers use or copy, connect to this machine only.
func stayHere() {
	transport := http.DefaultTransport.(*http.Transport)
	transport.Proxy = nil
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			return nil, fmt.Errorf("the oracle asks nobody but this machine, not %s", address)
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
}

func scmConfig(enabled bool) generators.SCMConfig {
	return generators.NewSCMConfig("", nil, enabled, false, noApps{}, false)
}
