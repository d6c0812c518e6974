// One service's API, asked for one question.
#pragma once

#include "celldrift/http/client.hpp"
#include "celldrift/services/services.hpp"
#include "services/fields.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::services {

// Where an API is, and who asks.
struct Account {
  http::Endpoint endpoint;
  std::string prefix;  // of all paths: "/api/v4/"
  std::string accept = "application/json";
  std::string authorization;         // the header's value; "" for none
  std::vector<std::string> secrets;  // what must not be quoted
  std::string hint;                  // what to do when the service does not know us
};

// An API's URL as its scheme and authority, and its path as written ("" or "/x", "/x/"). Throws
// Error(config).
struct BaseUrl {
  std::string origin;
  std::string path;
};
BaseUrl split_base(const std::string& url);

class Session {
 public:
  // Throws Error(config) for an endpoint that cannot be asked.
  Session(http::Client& network, Account account, const Limits& limits, http::Deadline deadline);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // A GET of prefix + `path`: a response of whatever status. Throws when none comes, and past the
  // budgets. Thread-safe.
  http::Answer get(const std::string& path, http::Redirects redirects = http::Redirects::follow);
  http::Answer send(http::Request request);

  // The answer's JSON; Error(server) when it is none.
  Value json(const http::Answer& answer) const;
  // The same, but an empty answer is null: so some of Argo CD's libraries take it.
  Value json_if_any(const http::Answer& answer) const;
  // The Error of an answer that is not the one hoped for, with what the service says.
  Error failure(const http::Answer& answer) const;
  // Throws failure() unless the status is one of 200 to 299.
  void expect_success(const http::Answer& answer) const;
  // A GET that must succeed, as JSON.
  Value get_json(const std::string& path);

  // Asks page after page. `read` takes one, of whatever status, and gives the path of the next; ""
  // ends it. An Error that it throws is given the page's address.
  using ReadPage = std::function<std::string(const http::Answer& page)>;
  void pages(std::string path, const ReadPage& read);

  // Counts what is kept of listings. Throws Error(limit). Thread-safe.
  void count_items(std::size_t count);

  // The path and query of a link that an answer has; throws Error(server) when it leads to another
  // server, where our credentials must not go.
  std::string path_of_link(const std::string& link) const;

 private:
  std::string said_in(const http::Response& response) const;

  http::Client& network_;
  const Account account_;
  const Limits limits_;
  const http::Deadline deadline_;
  const std::shared_ptr<http::Server> server_;
  std::atomic<std::size_t> requests_{0};
  std::atomic<std::size_t> bytes_{0};
  std::atomic<std::size_t> items_{0};
};

}  // namespace celldrift::services
