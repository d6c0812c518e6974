// What requests to one server carry to say who asks, kept fresh.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/kube/connection.hpp"
#include "kube/exec_plugin.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace celldrift::kube {

struct Credential {
  std::string authorization;  // the header's value; "" for none
  std::string client_cert_pem;
  std::string client_key_pem;
};

// Thread-safe. look() never waits: where a plugin must run first, it says so, and the caller runs
// renew() on a thread of its own.
class Credentials {
 public:
  using Clock = std::chrono::system_clock;  // plugins give their expiry in wall-clock time

  explicit Credentials(const Connection& connection);

  enum class State {
    ready,     // use `credential`
    stale,     // call renew(); it is now up to the caller, others are told `renewing`
    renewing,  // ask again later
  };
  struct View {
    State state = State::ready;
    std::shared_ptr<const Credential> credential;
  };
  // Throws Error(config) for a token file that cannot be read, and, for a while, the Error that a
  // plugin ended in, rather than running it again for each request.
  View look();

  // Runs the plugin; may take its whole time limit.
  void renew(const std::atomic<bool>& cancelled);

  // The server did not take `used` (401). True when there is, or soon will be, something else to
  // try.
  bool refuse(const std::shared_ptr<const Credential>& used);

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
