// What requests to one API server carry to say who asks, kept fresh.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/http/credentials.hpp"
#include "celldrift/kube/connection.hpp"
#include "kube/exec_plugin.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace celldrift::kube {

using http::Credential;

// A token file is read again when it may have changed, a plugin run again when what it gave expires
// or is refused. Thread-safe.
class Credentials final : public http::Credentials {
 public:
  using Clock = std::chrono::system_clock;  // plugins give their expiry in wall-clock time

  explicit Credentials(const Connection& connection);

  // Throws Error(config) for a token file that cannot be read, and, for a while, the Error that a
  // plugin ended in, rather than running it again for each request.
  View look() override;

  // Runs the plugin; may take its whole time limit.
  void renew(const std::atomic<bool>& cancelled) override;

  bool refuse(const std::shared_ptr<const Credential>& used) override;

 private:
  void read_token_file();
  std::shared_ptr<const Credential> with_token(const std::string& token) const;

  const Connection connection_;
  std::mutex mutex_;
  std::shared_ptr<const Credential> current_;
  std::optional<Clock::time_point> fresh_until_;  // nothing: for good
  std::optional<Error> failure_;
  bool renewing_ = false;
};

}  // namespace celldrift::kube
