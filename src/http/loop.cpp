#include "http/loop.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/status.hpp"

#include <curl/curl.h>

#include <pthread.h>
#include <signal.h>

#include <algorithm>

namespace celldrift::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds longest_wait{1000};
constexpr int max_redirects = 10;  // as Go

milliseconds until(Deadline time) {
  return std::chrono::ceil<milliseconds>(time - Clock::now());
}

std::string asked(const Exchange& exchange) {
  return exchange.server->describe(exchange.request.method, exchange.request.path);
}

void fail(Exchange& exchange, ErrorCode code, const std::string& why) {
  Answer answer;
  answer.asked = asked(exchange);
  answer.error = std::make_exception_ptr(Error(code, answer.asked + ": " + why));
  exchange.done(std::move(answer));
}

void fail_late(Exchange& exchange) {
  const std::string last =
      exchange.last_error.empty() ? "" : "; the last answer was: " + exchange.last_error;
  fail(exchange, ErrorCode::network, "the time for it is up" + last);
}

// What a server must not repeat to us in an error: the credentials without "Bearer ".
std::string secret_in(const Credential& credential) {
  if (credential.aws) {
    return credential.aws->secret_key;
  }
  return credential.authorization.substr(
      std::min(credential.authorization.find(' ') + 1, credential.authorization.size()));
}

std::string brief(const Outcome& outcome) {
  return outcome.trouble == Trouble::none ? "status " + std::to_string(outcome.response.status)
                                          : printable(outcome.detail);
}

void* new_multi(const ClientOptions& options) {
  static const CURLcode ready =
      curl_global_init(CURL_GLOBAL_DEFAULT);  // once, thread-safe as a static
  CURLM* multi = ready == CURLE_OK ? curl_multi_init() : nullptr;
  if (!multi) {
    throw Error(ErrorCode::internal, "libcurl cannot be initialised");
  }
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl_multi_setopt(
      multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options.connections_per_server));
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 1024L);
  return multi;
}

ClientOptions complete(ClientOptions options) {
  if (options.user_agent.empty()) {
    options.user_agent = "celldrift/" CELLDRIFT_VERSION;
  }
  return options;
}

}  // namespace

void Client::Loop::MultiDeleter::operator()(void* multi) const {
  curl_multi_cleanup(multi);
}

Client::Loop::Loop(ClientOptions options)
    : options_(complete(std::move(options))), multi_(new_multi(options_)) {
  thread_ = std::thread([this] { run(); });
}

Client::Loop::~Loop() {
  stop_ = true;
  curl_multi_wakeup(multi_.get());
  thread_.join();
  for (std::thread& renewal : renewals_) {
    renewal.join();
  }
}

void Client::Loop::submit(std::unique_ptr<Exchange> exchange) {
  {
    const std::lock_guard lock(mutex_);
    submitted_.push_back(std::move(exchange));
  }
  curl_multi_wakeup(multi_.get());
}

void Client::Loop::run() {
  // A peer that hangs up while OpenSSL writes must not end the process; this thread does all the
  // writing.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

  while (!stop_) {
    take_submitted();
    start_due();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    collect_finished();
    curl_multi_poll(multi_.get(), nullptr, 0, poll_timeout_ms(), nullptr);
  }
  cancel_all();
}

void Client::Loop::take_submitted() {
  const std::lock_guard lock(mutex_);
  std::move(submitted_.begin(), submitted_.end(), std::back_inserter(waiting_));
  submitted_.clear();
}

void Client::Loop::start_due() {
  Waiting still_waiting;
  for (std::unique_ptr<Exchange>& exchange : waiting_) {
    start_or_wait(std::move(exchange), still_waiting);
  }
  waiting_ = std::move(still_waiting);
}

void Client::Loop::start_or_wait(std::unique_ptr<Exchange> exchange, Waiting& still_waiting) {
  const auto now = Clock::now();
  if (exchange->deadline <= now) {
    return fail_late(*exchange);
  }
  if (exchange->due > now) {
    return still_waiting.push_back(std::move(exchange));
  }
  const std::shared_ptr<Server> server = exchange->server;
  Credentials::View view;
  try {
    view = server->credentials->look();
  } catch (const Error& error) {
    return fail(*exchange, error.code(), error.message());
  }
  if (view.state == Credentials::State::ready) {
    return start(std::move(exchange), view.credential);
  }
  still_waiting.push_back(std::move(exchange));
  if (view.state == Credentials::State::stale) {
    renew_credentials(server);
  }
}

void Client::Loop::renew_credentials(std::shared_ptr<Server> server) {
  renewals_.emplace_back([this, server] {
    server->credentials->renew(stop_);
    curl_multi_wakeup(multi_.get());
  });
}

void Client::Loop::start(std::unique_ptr<Exchange> exchange,
                         std::shared_ptr<const Credential> credential) {
  ++exchange->attempts;
  const milliseconds left =
      std::max(until(exchange->deadline), milliseconds(1));  // 0 would be no limit
  const Request& request = exchange->request;
  const milliseconds time = request.timeout.count() ? request.timeout : options_.request_timeout;
  const TransferLimits limits{
      .time = std::min(time, left),
      .connect_time = options_.connect_timeout,
      .bytes = request.response_bytes ? request.response_bytes : options_.response_bytes};
  Running running;
  try {
    running.transfer = std::make_unique<Transfer>(exchange->server,
                                                  credential,
                                                  exchange->request,
                                                  exchange->target,
                                                  options_.user_agent,
                                                  limits);
  } catch (const Error& error) {
    return fail(*exchange, error.code(), error.message());
  }
  running.exchange = std::move(exchange);
  running.credential = std::move(credential);
  void* const handle = running.transfer->handle();
  if (curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
    return fail(*running.exchange, ErrorCode::internal, "libcurl does not take the request");
  }
  running_.emplace(handle, std::move(running));
}

void Client::Loop::collect_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) {
      continue;
    }
    void* const handle = message->easy_handle;
    const int code = message->data.result;  // the message is gone once the handle is removed
    curl_multi_remove_handle(multi_.get(), handle);
    auto node = running_.extract(handle);
    Outcome outcome = node.mapped().transfer->finish(code);
    settle(std::move(node.mapped()), std::move(outcome));
  }
}

void Client::Loop::settle(Running running, Outcome outcome) {
  if (retry(running, outcome) || redirect(*running.exchange, outcome)) {
    return start_or_wait(std::move(running.exchange), waiting_);
  }
  Exchange& exchange = *running.exchange;
  Answer answer;
  answer.asked = asked(exchange);
  answer.error = error_of(outcome, answer.asked);
  answer.secret = secret_in(*running.credential);
  answer.response = std::move(outcome.response);
  exchange.done(std::move(answer));
}

bool Client::Loop::retry(Running& running, const Outcome& outcome) {
  Exchange& exchange = *running.exchange;
  const bool refused = outcome.trouble == Trouble::none && outcome.response.status == 401;
  if (refused && !exchange.renewed) {
    exchange.renewed = true;
    return exchange.server->credentials->refuse(running.credential);
  }
  if (!worth_retrying(exchange.request.method, outcome, exchange.attempts, options_.retries)) {
    return false;
  }
  const double chance = std::uniform_real_distribution<double>()(random_);
  const milliseconds pause =
      pause_before_retry(outcome, exchange.attempts, options_.first_pause, chance);
  exchange.due = Clock::now() + pause;
  exchange.last_error = brief(outcome);
  return exchange.due <
         exchange.deadline;  // else the answer we have says more than "too late" would
}

bool Client::Loop::redirect(Exchange& exchange, const Outcome& outcome) {
  const Request& request = exchange.request;
  if (outcome.trouble != Trouble::none || !is_redirect(outcome.response.status) ||
      request.method != Method::get || request.redirects != Redirects::follow ||
      exchange.redirected >= max_redirects) {
    return false;
  }
  const std::string target =
      target_at(exchange.server->address, outcome.response.header("location"));
  if (target.empty()) {
    return false;
  }
  exchange.target = target;
  exchange.attempts = 0;
  ++exchange.redirected;
  return true;
}

int Client::Loop::poll_timeout_ms() const {
  milliseconds wait = longest_wait;
  const auto now = Clock::now();
  for (const std::unique_ptr<Exchange>& exchange : waiting_) {
    // Those that are due already wait for credentials, whose coming wakes us.
    const Deadline next =
        exchange->due > now ? std::min(exchange->due, exchange->deadline) : exchange->deadline;
    wait = std::min(wait, std::max(until(next), milliseconds(0)));
  }
  return static_cast<int>(wait.count());
}

void Client::Loop::cancel_all() {
  take_submitted();
  for (auto& [handle, running] : running_) {
    curl_multi_remove_handle(multi_.get(), handle);
    fail(*running.exchange, ErrorCode::network, "cancelled");
  }
  for (std::unique_ptr<Exchange>& exchange : waiting_) {
    fail(*exchange, ErrorCode::network, "cancelled");
  }
  running_.clear();
  waiting_.clear();
}

}  // namespace celldrift::http
