#include "celldrift/http/client.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/address.hpp"
#include "http/loop.hpp"

#include <future>

namespace celldrift::http {

std::string_view Response::header(std::string_view name) const {
  for (const Header& each : headers) {
    if (each.name == name) {
      return each.value;
    }
  }
  return "";
}

Client::Client(ClientOptions options) : loop_(std::make_unique<Loop>(std::move(options))) {}

Client::~Client() = default;

std::shared_ptr<Server> Client::server(Endpoint endpoint,
                                       std::unique_ptr<Credentials> credentials) const {
  return std::make_shared<Server>(std::move(endpoint), std::move(credentials));
}

void Client::send(std::shared_ptr<Server> server,
                  Request request,
                  Deadline deadline,
                  OnAnswer done) {
  auto exchange = std::make_unique<Exchange>();
  exchange->target = server->address.prefix + request.path;
  exchange->server = std::move(server);
  exchange->request = std::move(request);
  exchange->deadline = deadline;
  exchange->done = std::move(done);
  loop_->submit(std::move(exchange));
}

Answer Client::ask(std::shared_ptr<Server> server, Request request, Deadline deadline) {
  const auto promise = std::make_shared<std::promise<Answer>>();
  std::future<Answer> answer = promise->get_future();
  send(std::move(server), std::move(request), deadline, [promise](Answer given) {
    promise->set_value(std::move(given));
  });
  return answer.get();
}

}  // namespace celldrift::http
