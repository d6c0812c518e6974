#include "celldrift/kube/list.hpp"

#include "celldrift/core/error.hpp"
#include "kube/json.hpp"
#include "kube/page.hpp"

#include <algorithm>
#include <future>
#include <optional>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_list_bytes = 1u << 30;

// One reading of a list from its beginning to its end.
class Pages {
 public:
  Pages(Api& api, const ListRequest& request, Deadline deadline, const OnObject& on_object)
      : api_(api), request_(request), deadline_(deadline), on_object_(on_object) {}

  // Throws what a request throws, ExpiredContinue among it.
  void read(int limit) {
    limit_ = limit;
    for (std::optional<std::string> token = ""; token;) {
      token = read_page(*token);
    }
  }

 private:
  struct Ahead {
    std::string token;
    std::future<Response> answer;
  };

  std::future<Response> ask(const std::string& token) {
    return api_.get({.path = list_path(request_, limit_, token), .accept = ""}, deadline_);
  }

  // Takes the page that was asked for ahead of time, if it is this one.
  std::future<Response> asked_or_ask(const std::string& token) {
    std::optional<Ahead> ahead = std::exchange(ahead_, std::nullopt);
    return ahead && ahead->token == token ? std::move(ahead->answer) : ask(token);
  }

  // Gives the page's objects out and returns the token of the next one, if any.
  std::optional<std::string> read_page(const std::string& token) {
    std::optional<Page> page;
    while (!page) {
      page = try_page(token);
    }
    for (const Value& object : page->objects) {
      on_object_(object);
    }
    return page->next.empty() ? std::nullopt : std::optional(page->next);
  }

  // Nothing when the page was too large, and the next try will be for a smaller one.
  std::optional<Page> try_page(const std::string& token) {
    try {
      const Response response = asked_or_ask(token).get();
      count(response.body.size());
      const std::string next = peek_continue(response.body);
      if (!next.empty()) {
        ahead_ = Ahead{next, ask(next)};  // the server works on it while this one is parsed
      }
      return read_page_of(parse_body(response, list_path(request_, 0, "")), request_);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::limit || limit_ <= 1 || bytes_ > max_list_bytes) {
        throw;
      }
      limit_ = std::max(1, limit_ / 10);
      ahead_.reset();
      return std::nullopt;
    }
  }

  void count(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ > max_list_bytes) {
      throw Error(ErrorCode::limit,
                  list_path(request_, 0, "") + ": the list has more than " +
                      std::to_string(max_list_bytes) + " bytes");
    }
  }

  Api& api_;
  const ListRequest& request_;
  const Deadline deadline_;
  const OnObject& on_object_;
  int limit_ = 0;
  std::size_t bytes_ = 0;
  std::optional<Ahead> ahead_;
};

}  // namespace

void list(Api& api,
          const ListRequest& request,
          Deadline deadline,
          const OnObject& on_object,
          const std::function<void()>& on_restart) {
  try {
    Pages(api, request, deadline, on_object).read(request.page_size);
    return;
  } catch (const Error& error) {
    if (!expired_continue(error)) {
      throw;
    }
  }
  on_restart();
  Pages(api, request, deadline, on_object).read(0);
}

}  // namespace celldrift::kube
