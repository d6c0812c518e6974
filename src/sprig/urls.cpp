// urlParse and urlJoin.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/url.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any parse(const Call& call) {
  Url url;
  try {
    url = parse_url(call[0].as_string());
  } catch (const Error& error) {
    fail("unable to parse url: " + error.message());
  }
  auto dict = call.heap.make_map();
  const auto set = [&](std::string_view key, std::string_view text) {
    dict.map_node()->set(key, call.heap.string(text));
  };
  set("scheme", url.scheme);
  set("host", url.host);
  set("hostname", host_name(url));
  set("path", url.path);
  set("query", url.query);
  set("opaque", url.opaque);
  set("fragment", url.fragment);
  set("userinfo", url.user ? user_text(*url.user) : "");
  return dict;
}

std::string text_at(const Any& dict, std::string_view key) {
  const auto* value = dict.map_node() == nullptr ? nullptr : dict.map_node()->find(key);
  if (value == nullptr) {
    return "";
  }
  if (value->is_nil()) {
    fail_nil_dereference();
  }
  if (value->kind() != Kind::string) {
    fail("unable to parse " + std::string(key) + " key, must be of type string, but " +
         std::string(describe(value->kind())) + " found");
  }
  return std::string(value->as_string());
}

std::optional<Url::User> user_at(const Any& dict) {
  const auto text = text_at(dict, "userinfo");
  if (text.empty()) {
    return std::nullopt;
  }
  try {
    return parse_url("proto://" + text + "@host").user;
  } catch (const Error& error) {
    fail("unable to parse userinfo in dict: " + error.message());
  }
}

Any join(const Call& call) {
  const auto& dict = call[0];
  Url url{.scheme = text_at(dict, "scheme"),
          .host = text_at(dict, "host"),
          .path = text_at(dict, "path"),
          .query = text_at(dict, "query")};
  url.opaque = text_at(dict, "opaque");
  url.fragment = text_at(dict, "fragment");
  url.user = user_at(dict);
  return call.heap.string(url_text(url));
}

constexpr Function functions_of_urls[] = {
    {"urlJoin", takes<map_type>, false, &string_type, join},
    {"urlParse", takes<string_type>, false, &map_type, parse},
};

}  // namespace

std::span<const Function> urls_functions() {
  return functions_of_urls;
}

}  // namespace celldrift::sprig
