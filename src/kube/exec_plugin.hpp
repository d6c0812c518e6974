// Exec credential plugins (client.authentication.k8s.io/v1 and v1beta1).
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/kube/connection.hpp"
#include "kube/process.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace celldrift::kube {

struct ExecCredential {
  std::string token;
  std::string client_cert_pem;
  std::string client_key_pem;
  std::optional<Time> expires;
};

// Runs the plugin and reads what it printed. Error(auth) when it fails or prints nonsense; the
// message may hold its stderr, never its stdout.
ExecCredential run_plugin(const Connection& connection,
                          const CommandLimits& limits,
                          const std::atomic<bool>& cancelled);

// What a plugin's stdout says.
ExecCredential parse_exec_credential(const std::string& output, const std::string& api_version);

// The request that plugins find in $KUBERNETES_EXEC_INFO.
std::string exec_info(const Connection& connection);

}  // namespace celldrift::kube
