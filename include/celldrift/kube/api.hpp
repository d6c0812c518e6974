// Api: GET requests to one API server. An edge of celldrift: the real client and a fake in memory.
// It has no way to send anything but GET; see dry_run.hpp for what else there is.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/http/client.hpp"
#include "celldrift/kube/connection.hpp"

#include <future>
#include <memory>
#include <string>
#include <utility>

namespace celldrift::kube {

struct Request {
  std::string
      path;  // "/apis/apps/v1/deployments?limit=500"; the server's own prefix is put before it
  std::string accept;  // empty: application/json
};

using Response = http::Response;

// When a cell's time is up, whatever is in flight.
using Deadline = http::Deadline;

class DryRun;

class Api {
 public:
  virtual ~Api() = default;

  // Starts a GET; the future gives a response with status 200, or throws the Error that it ended
  // in: auth (401, or no credentials to be had), forbidden (403), not_found (404, 410), server (5xx
  // and 429 after the retries, and any other status), network, limit (too large), config
  // (certificates that cannot be used). 410 has the code not_found and expired_continue() is true
  // of it. 429, 5xx, resets and half-closed streams are retried with jitter, Retry-After honoured,
  // within the request's and the cell's time. The cell's server and path are named in the error;
  // the token never is.
  virtual std::future<Response> get(Request request, Deadline deadline) = 0;
};

// 410 Gone: a list's `continue` token is too old, and the list must start anew.
class ExpiredContinue final : public Error {
 public:
  explicit ExpiredContinue(std::string message) : Error(ErrorCode::not_found, std::move(message)) {}
};

// True of an ExpiredContinue, as long as it was not copied as a plain Error.
bool expired_continue(const Error& error);

using ClientOptions = http::ClientOptions;

// API servers over http::Client. Ending it cancels what is in flight. Thread-safe.
class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // An Api for one server; the exec plugin, if any, is run when its credentials are first needed
  // and again when they expire or are refused. The Client must outlive it.
  std::unique_ptr<Api> connect(const Connection& connection);

  // Dry runs on the same server, signed in likewise. The Client must outlive it.
  std::unique_ptr<DryRun> connect_dry_run(const Connection& connection);

  // The event loop beneath, for others to share.
  http::Client& network() { return network_; }

 private:
  http::Client network_;
};

}  // namespace celldrift::kube
