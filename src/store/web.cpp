// Snapshots of web servers. A folder there is a URL that ends in "/", and its index.json.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/http/status.hpp"
#include "store/index.hpp"
#include "store/remote.hpp"

namespace celldrift::store {
namespace {

constexpr int max_hosts = 4;  // that one file is looked for on, by redirects

std::shared_ptr<http::Server> server_at(const Asking& asking,
                                        const std::string& url,
                                        const std::string& token) {
  // What comes is compressed already, and must come as it is.
  return asking.client.server(
      {.url = url, .disable_compression = true},
      http::fixed({.authorization = token.empty() ? "" : "Bearer " + token}));
}

class Web final : public Remote {
 public:
  Web(const Place& place, NamedBy named_by, const Settings& settings, const Asking& asking)
      : place_(place),
        asking_(asking),
        withheld_(!settings.token.empty() && !may_have_token(named_by, settings)),
        token_(withheld_ ? "" : settings.token) {
    require_private();
    server_ = server_at(asking_, place_.server, token_);
  }

  std::vector<std::string> list() override {
    const std::string text = fetch(target("index.json"), max_list_bytes);
    try {
      return names_in_index(text);
    } catch (Error& error) {
      throw Error(error.code(), place_.text + "index.json: " + error.message());
    }
  }

  std::string get(const std::string& name) override { return fetch(target(name), max_file_bytes); }

  void put(const std::string& name, std::string bytes) override {
    const http::Answer answer = ask(asking_, server_, put_request(target(name), std::move(bytes)));
    if (answer.response.status < 200 || answer.response.status > 299) {
      refuse(answer);
    }
  }

 private:
  bool may_have_token(NamedBy named_by, const Settings& settings) const {
    return settings.token_host.empty() ? named_by == NamedBy::user
                                       : place_.host == lower(settings.token_host);
  }

  // A token must not cross a network in the clear.
  void require_private() const {
    const http::Address address = http::parse_address(place_.server);
    if (!token_.empty() && address.scheme != "https" && !address.is_loopback()) {
      throw Error(ErrorCode::config,
                  place_.text + ": the token of CELLDRIFT_SNAPSHOT_TOKEN goes by https:// only");
    }
  }

  // The folder's own query goes with each file: it may be what opens them (a shared access
  // signature).
  std::string target(const std::string& name) const {
    return place_.path + http::url_encoded(name, "-._~/") + place_.query;
  }

  [[noreturn]] void refuse(const http::Answer& answer) const {
    const int status = answer.response.status;
    std::string hint;
    if (status == 401 || status == 403) {
      hint = withheld_        ? "CELLDRIFT_SNAPSHOT_TOKEN was not sent: to send it to a host that "
                                "celldrift.yaml names, put the host into CELLDRIFT_SNAPSHOT_TOKEN_HOST"
             : token_.empty() ? "give a token in CELLDRIFT_SNAPSHOT_TOKEN"
                              : "";
    }
    throw http::error_of_status(status, answer.asked, hint);
  }

  // The client follows to the same host; to others we go on without the token.
  std::string fetch(std::string path, std::size_t bytes) const {
    std::shared_ptr<http::Server> server = server_;
    std::string scheme = http::parse_address(place_.server).scheme;
    for (int hosts = 1;; ++hosts) {
      http::Answer answer = ask(asking_, server, get_request(path, bytes));
      if (answer.response.status == 200) {
        return std::move(answer.response.body);
      }
      const std::string location(answer.response.header("location"));
      if (!http::is_redirect(answer.response.status) || !is_remote(location) ||
          hosts == max_hosts) {
        refuse(answer);
      }
      const Place next = parse_place(location);
      if (next.kind != Place::Kind::web ||
          (scheme == "https" && next.server.starts_with("http:"))) {
        throw Error(ErrorCode::server,
                    answer.asked + ": it leads to " + next.text + ", which is not https://");
      }
      server = server_at(asking_, next.server, "");
      scheme = next.server.substr(0, next.server.find(':'));
      path = next.path + next.query;
    }
  }

  const Place place_;
  const Asking asking_;
  const bool withheld_;
  const std::string token_;
  std::shared_ptr<http::Server> server_;
};

}  // namespace

std::unique_ptr<Remote> open_web(const Place& place,
                                 NamedBy named_by,
                                 const Settings& settings,
                                 const Asking& asking) {
  return std::make_unique<Web>(place, named_by, settings, asking);
}

}  // namespace celldrift::store
