// What Argo CD's Applications state of others: parameters and values of charts, patches, and URLs
// of repositories, where people write passwords in clear text.
#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/hiding/active_rules.hpp"
#include "observe/hiding/changed.hpp"
#include "observe/hiding/looks.hpp"

namespace celldrift::observe {
namespace {

constexpr std::string_view yaml_texts[] = {"values", "patch"};  // of a chart, of kustomize
constexpr std::string_view urls[] = {"repoURL", "url"};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::ranges::find(names, name) != std::end(names);
}

// The password of a URL, else its user where that is random: a token. Nothing where it is hidden
// already.
std::string_view secret_part(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) {
    return {};
  }
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find('/'));
  const std::size_t at = authority.rfind('@');
  if (at == authority.npos) {
    return {};
  }
  const std::string_view user = authority.substr(0, at);
  const std::size_t colon = user.find(':');
  const std::string_view password = colon == user.npos ? "" : user.substr(colon + 1);
  if (is_secret_hash(user) || is_secret_hash(password)) {
    return {};
  }
  if (colon != user.npos) {
    return password;
  }
  return looks(user) == Looks::random ? user : std::string_view();
}

}  // namespace

bool Scrubber::is_of_source(const Value::Entry& entry) {
  const bool is_text = is_one_of(entry.key.view(), yaml_texts) || is_one_of(entry.key.view(), urls);
  return (is_text && entry.value.is_string()) ||
         (entry.key.view() == "valuesObject" && entry.value.is_map()) ||
         (entry.key.view() == "parameters" && entry.value.is_list());
}

Value Scrubber::source_setting(const Value::Entry& entry, Active& active) {
  if (entry.value.is_map()) {
    return scrub_parameters(entry.value);
  }
  if (entry.value.is_list()) {
    return walk_list(entry.value, Where::environment, active);
  }
  return is_one_of(entry.key.view(), urls)
             ? url(entry.value)
             : yaml_text(entry.value, active, entry.key.view() == "values" ? Of::chart : Of::patch);
}

Value Scrubber::url(const Value& value) {
  const std::string_view all = value.as_string();
  const std::string_view secret = secret_part(all);
  if (secret.empty()) {
    return text(value, Where::fields);
  }
  std::string safe(all);
  safe.replace(std::size_t(secret.data() - all.data()), secret.size(), shown(secret));
  return text(Value::string(std::move(safe)).with_mark(value.mark()), Where::fields);
}

// A text of YAML in which something is hidden is written anew; its hash must tell it from all
// others, so that it is that of the whole text.
Value Scrubber::yaml_text(const Value& value, Active& active, Of of) {
  try {
    const Value tree = yaml::parse(value.as_string()).value;
    const Value safe = of == Of::chart && tree.is_map() ? scrub_parameters(tree)
                                                        : walk(tree, Where::fields, active);
    if (!safe.same_node(tree)) {
      return show_ == Show::mask ? Value::string(yaml::emit(safe)).with_mark(value.mark())
                                 : hidden(value);
    }
  } catch (const Error&) {
    // No YAML: a text like any other.
  }
  return text(value, Where::fields);
}

// Lists may have maps of name and value, as containers have.
Value Scrubber::scrub_parameters(const Value& parameters) {
  static const Value any = Value::map({});
  Active& active = active_for(any);
  if (parameters.is_list()) {
    return with_changed_items(parameters, [&](const Value& item) {
      return item.is_map()    ? scrub_parameters(variable(item, active))
             : item.is_list() ? scrub_parameters(item)
                              : walk(item, Where::fields, active);
    });
  }
  return with_changed(parameters, [&](const Value::Entry& each) {
    if (each.value.is_map() || each.value.is_list()) {
      return scrub_parameters(each.value);
    }
    const bool is_sensitive =
        each.value.is_string() && active.is_sensitive_parameter(each.key.view());
    return is_sensitive ? hidden(each.value) : entry(each, Where::fields, active);
  });
}

}  // namespace celldrift::observe
