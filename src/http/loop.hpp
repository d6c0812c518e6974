// The event loop: every request of the process, in one thread.
#pragma once

#include "celldrift/http/client.hpp"
#include "http/server.hpp"
#include "http/transfer.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace celldrift::http {

// A request on its way to an answer, over as many attempts as it takes.
struct Exchange {
  std::shared_ptr<Server> server;
  Request request;
  Deadline deadline;
  OnAnswer done;

  std::string target;  // the server's prefix and the path, or where a redirect leads
  int redirected = 0;
  int attempts = 0;        // since the last redirect
  Deadline due{};          // the next attempt is not made before
  bool renewed = false;    // its credentials were refused once already
  std::string last_error;  // why the attempt before failed; "" at first
};

class Client::Loop {
 public:
  explicit Loop(ClientOptions options);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void submit(std::unique_ptr<Exchange> exchange);  // from any thread

 private:
  struct Running {
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<Transfer> transfer;
    std::shared_ptr<const Credential> credential;
  };
  using Waiting = std::vector<std::unique_ptr<Exchange>>;

  void run();
  void take_submitted();
  void start_due();
  void start_or_wait(std::unique_ptr<Exchange> exchange, Waiting& still_waiting);
  void start(std::unique_ptr<Exchange> exchange, std::shared_ptr<const Credential> credential);
  void renew_credentials(std::shared_ptr<Server> server);
  void collect_finished();
  void settle(Running running, Outcome outcome);
  bool retry(Running& running, const Outcome& outcome);
  bool redirect(Exchange& exchange, const Outcome& outcome);
  int poll_timeout_ms() const;
  void cancel_all();

  struct MultiDeleter {
    void operator()(void* multi) const;
  };

  const ClientOptions options_;
  std::unique_ptr<void, MultiDeleter> multi_;

  std::mutex mutex_;
  Waiting submitted_;  // under mutex_
  std::atomic<bool> stop_{false};
  std::vector<std::thread> renewals_;  // run exec plugins; the loop must not wait for them

  // The loop's thread alone touches these.
  Waiting waiting_;
  std::unordered_map<void*, Running> running_;  // by easy handle
  std::minstd_rand random_{std::random_device{}()};

  std::thread thread_;
};

}  // namespace celldrift::http
