#include "celldrift/core/error.hpp"
#include "celldrift/kube/api.hpp"
#include "kube/loop.hpp"

#include <functional>

namespace celldrift::kube {
namespace {

// `Loop` is a private name of Client; this adapter gets at it through a function.
class ServerApi final : public Api {
 public:
  using Submit = std::function<void(std::unique_ptr<Exchange>)>;

  ServerApi(Submit submit, const Connection& connection)
      : submit_(std::move(submit)), server_(std::make_shared<Server>(connection)) {}

  std::future<Response> get(Request request, Deadline deadline) override {
    auto exchange = std::make_unique<Exchange>();
    exchange->server = server_;
    exchange->request = std::move(request);
    exchange->deadline = deadline;
    std::future<Response> answer = exchange->promise.get_future();
    submit_(std::move(exchange));
    return answer;
  }

 private:
  Submit submit_;
  std::shared_ptr<Server> server_;
};

}  // namespace

bool expired_continue(const Error& error) {
  return dynamic_cast<const ExpiredContinue*>(&error) != nullptr;
}

Client::Client(ClientOptions options) : loop_(std::make_unique<Loop>(std::move(options))) {}

Client::~Client() = default;

std::unique_ptr<Api> Client::connect(const Connection& connection) {
  Loop* const loop = loop_.get();
  return std::make_unique<ServerApi>(
      [loop](std::unique_ptr<Exchange> exchange) { loop->submit(std::move(exchange)); },
      connection);
}

}  // namespace celldrift::kube
