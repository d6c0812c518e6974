#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/observe/secrets.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <vector>

namespace celldrift::observe {
namespace {

constexpr std::string_view last_applied = "kubectl.kubernetes.io/last-applied-configuration";

// Annotations in which deploy tools keep a whole object, in forms that are not worth reading.
constexpr std::string_view whole_copies[] = {
    "objectset.rio.cattle.io/applied",  // Rancher Fleet, k3s: gzip and base64
    "banzaicloud.com/last-applied",     // Banzai Cloud's operators: zip and base64
    "kapp.k14s.io/original",            // kapp: JSON
    "kapp.k14s.io/original-diff",       // kapp: text
};

// Shorter texts turn up in annotations by chance ("true"), and are no secrets.
constexpr std::size_t least_secret_bytes = 8;
constexpr int deepest_copy = 3;  // a last-applied in a last-applied in …

// The plain values of a Secret, raw and in base64, to find copies of them.
using Plain = std::vector<std::string>;

void remember(std::string_view decoded, Plain& plain) {
  if (decoded.size() >= least_secret_bytes) {
    plain.emplace_back(decoded);
    plain.push_back(base64_encode(decoded));
  }
}

Value hash_of(std::string_view bytes, const Value& place, const SecretKey& key) {
  return Value::string(key.hash(bytes)).with_mark(place.mark());
}

// A value that the API server would refuse. The lead keeps it apart from the value that it happens
// to spell.
Value hash_of_wrong(std::string_view lead,
                    std::string_view text,
                    const Value& place,
                    const SecretKey& key) {
  return hash_of(std::string(lead) + std::string(text), place, key);
}

// What is met on the way through one Secret.
struct Met {
  Plain plain;
  KnownSecrets* known = nullptr;

  void value(std::string_view name, std::string_view decoded, const Value& hash) {
    remember(decoded, plain);
    if (known != nullptr) {
      known->add(name, decoded, std::string(hash.as_string()));
    }
  }
};

Value hashed_text(const Value::Entry& entry, const SecretKey& key, Met& met) {
  const Value& value = entry.value;
  // There is no secret in nothing, and null is compared as what it is: a server-side apply takes it
  // to be empty, a client-side one leaves it out.
  if (value.is_null() || (value.is_string() && value.as_string().empty())) {
    return value;
  }
  if (!value.is_string()) {
    return hash_of_wrong("not a string: ", yaml::emit(value), value, key);
  }
  const Value hash = hash_of(value.as_string(), value, key);
  met.value(entry.key, value.as_string(), hash);
  return hash;
}

Value hashed_base64(const Value::Entry& entry, const SecretKey& key, Met& met) {
  const Value& value = entry.value;
  if (!value.is_string() || value.as_string().empty()) {
    return hashed_text(entry, key, met);
  }
  const std::string_view text = value.as_string();
  std::string decoded;
  if (is_secret_hash(text)) {
    return value;  // it was done before: no base64 has a ":" in it
  }
  if (!base64_decode(text, decoded)) {
    remember(text, met.plain);
    return hash_of_wrong("not base64: ", text, value, key);
  }
  if (decoded.empty()) {
    return Value::string("").with_mark(value.mark());
  }
  const Value hash = hash_of(decoded, value, key);
  met.value(entry.key, decoded, hash);
  return hash;
}

using HashValue = Value (*)(const Value::Entry&, const SecretKey&, Met&);

Value hashed_map(const Value& map, HashValue hash, const SecretKey& key, Met& met) {
  Value::Map entries;
  for (const Value::Entry& entry : map.entries()) {
    entries.push_back({entry.key, hash(entry, key, met)});
  }
  return Value::map(std::move(entries)).with_mark(map.mark());
}

// `data` with every value hashed, and with stringData's in it, which win.
Value hashed_data(const Value& secret, const SecretKey& key, Met& met) {
  const Value* data = secret.find("data");
  const Value* texts = secret.find("stringData");
  Value hashed = data ? *data : Value::null();
  if (hashed.is_map()) {
    hashed = hashed_map(hashed, hashed_base64, key, met);
  } else if (!hashed.is_null() && !(hashed.is_string() && is_secret_hash(hashed.as_string()))) {
    return hash_of_wrong("not a map: ", yaml::emit(hashed), hashed, key);
  }
  if (!texts || !texts->is_map()) {
    return hashed;
  }
  const Value moved = hashed_map(*texts, hashed_text, key, met);
  if (!hashed.is_map()) {
    return moved;
  }
  for (const Value::Entry& entry : moved.entries()) {
    hashed = hashed.with(entry.key, entry.value);
  }
  return hashed;
}

Value without_values(const Value& secret, const SecretKey& key, int depth, KnownSecrets* known);

// kubectl's copy of what was applied: the same object again, as JSON text.
Value hashed_copy(const Value& text, const SecretKey& key, int depth) {
  if (depth < deepest_copy) {
    try {
      const Value copy = yaml::parse_json(text.as_string()).value;
      if (copy.is_map()) {
        return Value::string(yaml::emit_json(without_values(copy, key, depth + 1, nullptr)))
            .with_mark(text.mark());
      }
    } catch (const Error&) {
      // No JSON: it is hashed like any other copy.
    }
  }
  return hash_of(text.as_string(), text, key);
}

bool holds_any(std::string_view text, const Plain& plain) {
  return std::any_of(plain.begin(), plain.end(), [&](const std::string& each) {
    return text.find(each) != std::string_view::npos;
  });
}

Value hashed_annotation(const Value::Entry& annotation,
                        const SecretKey& key,
                        const Plain& plain,
                        int depth) {
  const Value& value = annotation.value;
  const std::string_view name = annotation.key;
  if (!value.is_string() || is_secret_hash(value.as_string())) {
    return value;
  }
  if (name == last_applied) {
    return hashed_copy(value, key, depth);
  }
  const bool is_copy =
      std::find(std::begin(whole_copies), std::end(whole_copies), name) != std::end(whole_copies);
  return is_copy || holds_any(value.as_string(), plain) ? hash_of(value.as_string(), value, key)
                                                        : value;
}

Value with_safe_annotations(const Value& secret,
                            const SecretKey& key,
                            const Plain& plain,
                            int depth) {
  const Value* annotations = secret.find({"metadata", "annotations"});
  if (!annotations || !annotations->is_map()) {
    return secret;
  }
  Value::Map entries;
  for (const Value::Entry& annotation : annotations->entries()) {
    entries.push_back({annotation.key, hashed_annotation(annotation, key, plain, depth)});
  }
  const Value safe = Value::map(std::move(entries)).with_mark(annotations->mark());
  return secret.with("metadata", secret.find("metadata")->with("annotations", safe));
}

Value without_values(const Value& secret, const SecretKey& key, int depth, KnownSecrets* known) {
  Met met{.plain = {}, .known = known};
  Value result = secret;
  if (secret.find("data") || secret.find("stringData")) {
    const Value data = hashed_data(secret, key, met);
    result = result.without("stringData");
    if (!data.is_null()) {
      result = result.with("data", data);
    }
  }
  return with_safe_annotations(result, key, met.plain, depth);
}

Value without_values_in_items(const Value& list, const SecretKey& key, KnownSecrets* known) {
  const bool of_secrets = list.string_at({"kind"}) == "SecretList";
  const Value& items = *list.find("items");
  Value::List safe;
  for (const Value& item : items.items()) {
    safe.push_back(of_secrets ? without_values(item, key, 0, known)
                              : without_secrets(item, key, known));
  }
  return list.with("items", Value::list(std::move(safe)).with_mark(items.mark()));
}

bool is_list_of_objects(const Value& object) {
  const Value* items = object.find("items");
  return object.string_at({"kind"}).ends_with("List") && items && items->is_list() &&
         group_of(object.string_at({"apiVersion"})).empty();
}

}  // namespace

bool is_secret(const Value& object) {
  return object.string_at({"kind"}) == "Secret" &&
         group_of(object.string_at({"apiVersion"})).empty();
}

Value without_secrets(const Value& object, const SecretKey& key, KnownSecrets* known) {
  if (is_secret(object)) {
    return without_values(object, key, 0, known);
  }
  return is_list_of_objects(object) ? without_values_in_items(object, key, known) : object;
}

}  // namespace celldrift::observe
