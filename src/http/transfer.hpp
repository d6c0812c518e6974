// One attempt at a request, as libcurl carries it out.
#pragma once

#include "http/outcome.hpp"
#include "http/server.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace celldrift::http {

struct TransferLimits {
  std::chrono::milliseconds time;
  std::chrono::milliseconds connect_time;
  std::size_t bytes;
};

class Transfer {
 public:
  Transfer(std::shared_ptr<const Server> server,
           std::shared_ptr<const Credential> credential,
           const Request& request,
           const std::string& target,  // path and query, prefix included
           const std::string& user_agent,
           const TransferLimits& limits);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void* handle() const;  // the CURL easy handle, to be given to a multi handle
  // How it ended; `code` is the CURLcode that the multi handle reports. Takes the body out of the
  // transfer.
  Outcome finish(int code);

 private:
  struct State;  // never moves: libcurl keeps pointers into it
  std::unique_ptr<State> state_;
};

}  // namespace celldrift::http
