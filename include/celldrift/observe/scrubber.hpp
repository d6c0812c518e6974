// Scrubber: hides in all objects what is sensitive, and what equals a value of a Secret.
//
// Both sides of a comparison must be scrubbed with the same set of known values. What is hidden
// becomes its keyed hash, and texts that differ have hashes that differ: equal texts stay equal,
// others stay different. Doing it twice changes nothing.
//
// Kept are identity (kinds, names, namespaces, all keys), images, managedFields and what tracking
// hangs on; in labels and selectors, which anybody may read, only what looks random is hidden.
#pragma once

#include "celldrift/observe/clean_parts.hpp"
#include "celldrift/observe/known_secrets.hpp"
#include "celldrift/observe/secrets.hpp"
#include "celldrift/observe/sensitive.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::observe {

enum class Accept : std::uint8_t;  // private to the Scrubber

enum class Show {
  hash,  // the keyed hash, which compares as the value does
  mask,  // "(secret value)"
};
inline constexpr std::string_view secret_mask = "(secret value)";

// For one thread at a time. What it is given must outlive it.
class Scrubber {
 public:
  // `clean`: of others with the same rules, set and key; nothing for none.
  Scrubber(const KnownSecrets& known,
           const Sensitive& sensitive,
           const SecretKey& key,
           Show show = Show::hash,
           std::shared_ptr<CleanParts> clean = nullptr);
  ~Scrubber();

  // Of Secrets only the metadata: without_secrets() did the rest. O(size), less for what had
  // nothing to hide before.
  Value scrub(const Value& object);
  // Of generators: maps whose keys are names as those of environment variables and fields are.
  Value scrub_parameters(const Value& parameters);

 private:
  enum class Where : std::uint8_t { fields, labels, environment, object };
  struct Active;

  Active& active_for(const Value& object);
  Value scrub_tree(const Value& object, int depth);
  Value by_paths(const Value& object, const Active& active);
  Value root(const Value& object, Active& active);
  Hash place_of(const Value& value, Where where, const Active& active) const;
  Value metadata(const Value& metadata, Active& active);
  Value other_metadata(const Value::Entry& entry, const Active& active);
  Value annotations(const Value& annotations, Active& active);
  Value walk(const Value& value, Where where, Active& active);
  Value walk_map(const Value& map, Where where, Active& active);
  Value walk_list(const Value& list, Where where, Active& active);
  Value entry(const Value::Entry& entry, Where where, Active& active);
  Value text(const Value& value, Where where);
  Value variable(const Value& variable, Active& active);
  Value copy_of_object(const Value& text, Active& active);
  static bool is_of_source(const Value::Entry& entry);
  Value source_setting(const Value::Entry& entry, Active& active);
  Value url(const Value& value);
  enum class Of : std::uint8_t { chart, patch };
  Value yaml_text(const Value& value, Active& active, Of of);
  Value hidden_at(const Value& value, const std::vector<std::string>& path);
  Value by_path(const Value& value, const std::vector<std::string>& path, std::size_t step);
  Value all_below(const Value& value);
  Value hidden(const Value& value);

  std::string shown(std::string_view text) const;
  bool is_known(std::string_view text, Accept accept) const;
  bool is_known_encoded(std::string_view text, Accept accept) const;

  const KnownSecrets& known_;
  const Sensitive& sensitive_;
  const SecretKey& key_;
  Show show_;
  std::shared_ptr<CleanParts> clean_;
  int depth_ = 0;  // of copies of objects in annotations
  std::map<GroupKind, std::unique_ptr<Active>> active_;
};

// A desired object beside a snapshot's: where the snapshot has a hash and Git a text, the text's
// hash under the snapshot's key. It was hidden by rules that are no longer there. Without the key
// the two cannot be compared: the snapshot's hash is taken over and counted in `unknown`.
Value with_hashes_of(const Value& live,
                     const Value& desired,
                     const SecretKey* key,
                     std::size_t& unknown);

}  // namespace celldrift::observe
