#include "cli/hidden_in_applications.hpp"

#include "celldrift/fleet/declared_objects.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

// Texts that are secret by their names become known.
void learn_hidden(const Value& value,
                  const Value& scrubbed,
                  const observe::SecretKey& key,
                  observe::KnownSecrets& known) {
  if (value.same_node(scrubbed)) {
    return;
  }
  if (value.is_string()) {
    known.add("", value.as_string(), key.hash(value.as_string()));
  }
  for (std::size_t i = 0; i < value.entries().size(); ++i) {
    learn_hidden(value.entries()[i].value, scrubbed.entries()[i].value, key, known);
  }
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    learn_hidden(value.items()[i], scrubbed.items()[i], key, known);
  }
}

}  // namespace

HiddenInApplications::HiddenInApplications(observe::Sensitive sensitive, observe::Show show)
    : sensitive_(std::move(sensitive)), show_(show) {}

void HiddenInApplications::learn(const git::Tree& tree) {
  for (const Value& secret : fleet::secrets_in_tree(tree)) {
    observe::without_secrets(secret, key_, &known_);
  }
}

void HiddenInApplications::learn(const std::vector<fleet::Application>& applications) {
  for (const fleet::Application& application : applications) {
    learn(application.origin.parameters);
  }
}

void HiddenInApplications::learn(const Value& parameters) {
  if (parameters.is_map()) {
    const observe::KnownSecrets none;
    observe::Scrubber scrubber(none, sensitive_, key_, show_);
    learn_hidden(parameters, scrubber.scrub_parameters(parameters), key_, known_);
  }
}

Value HiddenInApplications::hide(const Value& application) const {
  return observe::Scrubber(known_, sensitive_, key_, show_).scrub(application);
}

void HiddenInApplications::hide(std::vector<fleet::Application>& applications) const {
  observe::Scrubber scrubber(known_, sensitive_, key_, show_);
  for (fleet::Application& application : applications) {
    application.object = scrubber.scrub(application.object);
    if (application.origin.parameters.is_map()) {
      application.origin.parameters = scrubber.scrub_parameters(application.origin.parameters);
    }
  }
}

Value with_masks(const Value& value) {
  if (value.is_string()) {
    return observe::is_secret_hash(value.as_string())
               ? Value::string(observe::secret_mask).with_mark(value.mark())
               : value;
  }
  if (value.is_map()) {
    Value::Map entries;
    for (const Value::Entry& each : value.entries()) {
      entries.push_back({each.key, with_masks(each.value)});
    }
    return Value::map(std::move(entries)).with_mark(value.mark());
  }
  if (value.is_list()) {
    Value::List items;
    std::ranges::transform(value.items(), std::back_inserter(items), with_masks);
    return Value::list(std::move(items)).with_mark(value.mark());
  }
  return value;
}

}  // namespace celldrift::cli
