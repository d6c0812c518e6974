#include "celldrift/core/error.hpp"
#include "celldrift/http/status.hpp"
#include "celldrift/kube/api.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/credentials.hpp"
#include "kube/dry_run.hpp"
#include "kube/endpoint.hpp"
#include "kube/status.hpp"

namespace celldrift::kube {
namespace {

constexpr int gone = 410;

std::exception_ptr error_of(const http::Answer& answer) {
  const int status = answer.response.status;
  if (answer.error || status == 200) {
    return answer.error;
  }
  const Error error =
      http::error_of_status(status, answer.asked, message_of(answer.response, answer.secret));
  return status == gone ? std::make_exception_ptr(ExpiredContinue(error.message()))
                        : std::make_exception_ptr(error);
}

class ServerApi final : public Api {
 public:
  ServerApi(http::Client& network, const Connection& connection)
      : network_(network),
        server_(
            network.server(endpoint_of(connection), std::make_unique<Credentials>(connection))) {}

  std::future<Response> get(Request request, Deadline deadline) override {
    http::Request asked;
    asked.path = std::move(request.path);
    asked.headers = {{"Accept", request.accept.empty() ? "application/json" : request.accept}};
    const auto promise = std::make_shared<std::promise<Response>>();
    network_.send(server_, std::move(asked), deadline, [promise](http::Answer answer) {
      if (const std::exception_ptr error = error_of(answer)) {
        promise->set_exception(error);
      } else {
        promise->set_value(std::move(answer.response));
      }
    });
    return promise->get_future();
  }

 private:
  http::Client& network_;
  const std::shared_ptr<http::Server> server_;
};

class ServerDryRun final : public DryRun {
 public:
  ServerDryRun(http::Client& network, const Connection& connection)
      : network_(network),
        server_(
            network.server(endpoint_of(connection), std::make_unique<Credentials>(connection))) {}

  std::future<DryRunAnswer> apply(const DryRunTarget& target,
                                  const Value& object,
                                  Deadline deadline) override {
    http::Request asked{.method = http::Method::patch,
                        .path = dry_run_path(target),
                        .body_type = "application/apply-patch+yaml",
                        .headers = {{"Accept", "application/json"}},
                        .body = yaml::emit_json(without_server_fields(object))};
    const bool is_secret = object.string_at({"kind"}) == "Secret";
    const auto promise = std::make_shared<std::promise<DryRunAnswer>>();
    network_.send(server_, std::move(asked), deadline, [promise, is_secret](http::Answer answer) {
      try {
        promise->set_value(read_dry_run(answer, is_secret));
      } catch (...) {
        promise->set_exception(std::current_exception());
      }
    });
    return promise->get_future();
  }

 private:
  http::Client& network_;
  const std::shared_ptr<http::Server> server_;
};

}  // namespace

bool expired_continue(const Error& error) {
  return dynamic_cast<const ExpiredContinue*>(&error) != nullptr;
}

Client::Client(ClientOptions options) : network_(std::move(options)) {}

Client::~Client() = default;

std::unique_ptr<Api> Client::connect(const Connection& connection) {
  return std::make_unique<ServerApi>(network_, connection);
}

std::unique_ptr<DryRun> Client::connect_dry_run(const Connection& connection) {
  return std::make_unique<ServerDryRun>(network_, connection);
}

}  // namespace celldrift::kube
