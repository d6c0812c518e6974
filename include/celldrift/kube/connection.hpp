// How to reach one API server: what a kubeconfig's context, a cluster Secret or a service account
// say.
#pragma once

#include "celldrift/core/error.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::kube {

// An exec credential plugin, as in a kubeconfig's users[].user.exec.
struct ExecPlugin {
  std::string command;
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;
  std::string api_version;  // client.authentication.k8s.io/v1 or v1beta1
  bool provide_cluster_info = false;
  std::string
      cluster_config;  // JSON that the cluster entry has for the plugin; "" when there is none
  std::string install_hint;
};

// Signing in to Amazon EKS with AWS credentials of this machine, as Argo CD's awsAuthConfig says.
struct AwsSignIn {
  std::string cluster_name;
  std::string role_arn;  // "" for none to assume
  std::string profile;   // of the shared files; "" for the SDK's own order
};

// Everything is loaded (files read, base64 decoded) except token_file, which is read again when it
// changes. Printing one is a mistake: it holds secrets. `name` and `server` may be shown.
struct Connection {
  std::string name;    // the context or cell, for messages
  std::string server;  // "https://host:port/prefix"
  std::string tls_server_name;
  std::string ca_pem;  // empty: the system's
  bool insecure_skip_tls_verify = false;
  std::string client_cert_pem;
  std::string client_key_pem;
  std::string token;
  std::string token_file;
  std::string username;
  std::string password;
  std::string proxy_url;  // empty: HTTPS_PROXY, NO_PROXY as usual
  std::string impersonate_user;
  std::string impersonate_uid;
  std::vector<std::string> impersonate_groups;
  std::map<std::string, std::vector<std::string>> impersonate_extra;
  bool disable_compression = false;
  std::optional<ExecPlugin> exec;
  std::optional<AwsSignIn> aws;  // goes before exec
  std::string ns;                // the context's default namespace
};

}  // namespace celldrift::kube
