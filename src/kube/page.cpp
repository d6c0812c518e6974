#include "kube/page.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/address.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

[[noreturn]] void nonsense(const ListRequest& request, const std::string& why) {
  throw Error(ErrorCode::server, list_path(request, 0, "") + ": " + why);
}

// What items lack: built-in kinds leave apiVersion and kind to the list.
struct Identity {
  std::string api_version;
  std::string kind;
};

Identity identity_of(const Value& document, const ListRequest& request) {
  std::string kind = request.kind;
  if (kind.empty()) {
    kind = document.string_at({"kind"});
    if (kind.ends_with("List")) {
      kind.resize(kind.size() - 4);
    }
  }
  const std::string group_version =
      request.group.empty() ? request.version : request.group + "/" + request.version;
  return {std::string(document.string_at({"apiVersion"}, group_version)), kind};
}

Value complete(const Value& item, const Identity& identity) {
  const bool has_version = !item.string_at({"apiVersion"}).empty();
  const bool has_kind = !item.string_at({"kind"}).empty();
  if (has_version && has_kind) {
    return item;
  }
  Value::Map entries;  // first, where people expect them
  entries.push_back(
      {"apiVersion", has_version ? *item.find("apiVersion") : Value::string(identity.api_version)});
  entries.push_back({"kind", has_kind ? *item.find("kind") : Value::string(identity.kind)});
  for (const Value::Entry& entry : item.entries()) {
    if (entry.key.view() != "apiVersion" && entry.key.view() != "kind") {
      entries.push_back(entry);
    }
  }
  return Value::map(std::move(entries));
}

}  // namespace

std::string list_path(const ListRequest& request, int limit, std::string_view continue_token) {
  // Names come from the server's discovery, so they are quoted like anything else.
  const std::string version = http::url_encoded(request.version);
  std::string path = request.group.empty()
                         ? "/api/" + version
                         : "/apis/" + http::url_encoded(request.group) + "/" + version;
  if (!request.ns.empty()) {
    path += "/namespaces/" + http::url_encoded(request.ns);
  }
  path += "/" + http::url_encoded(request.resource);
  if (!request.label_selector.empty()) {
    path += "?labelSelector=" + http::url_encoded(request.label_selector);
  }
  if (limit > 0) {
    path += (request.label_selector.empty() ? "?limit=" : "&limit=") + std::to_string(limit);
    path += continue_token.empty() ? "" : "&continue=" + http::url_encoded(continue_token);
  }
  return path;
}

Page read_page_of(const Value& document, const ListRequest& request) {
  const Value* items = document.find("items");
  if (!document.is_map() || !items || (!items->is_list() && !items->is_null())) {
    nonsense(request, "the answer is not a list");
  }
  const Identity identity = identity_of(document, request);
  Page page;
  page.next = document.string_at({"metadata", "continue"});
  page.objects.reserve(items->size());
  for (const Value& item : items->items()) {
    if (!item.is_map() || item.string_at({"metadata", "name"}).empty()) {
      nonsense(request, "the list has an item without a name");
    }
    page.objects.push_back(complete(item, identity));
  }
  return page;
}

std::string peek_continue(std::string_view body) {
  constexpr std::string_view key = "\"continue\":\"";
  const std::string_view head = body.substr(0, 8192);
  const std::size_t found = head.substr(0, head.find("\"items\"")).find(key);
  if (found == std::string_view::npos) {
    return "";
  }
  const std::string_view rest = head.substr(found + key.size());
  const std::string_view token = rest.substr(0, rest.find('"'));
  const bool whole = token.size() < rest.size() && token.find('\\') == std::string_view::npos;
  return whole ? std::string(token) : "";
}

}  // namespace celldrift::kube
