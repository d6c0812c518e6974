#include "audit/findings/fingerprint.hpp"

#include <cstdint>
#include <map>

namespace celldrift::audit {
namespace {

// FNV-1a, 64 bits: core's hashes are keyed anew in each process.
class Hasher {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) {
      state_ = (state_ ^ std::uint8_t(byte)) * 0x100000001B3ull;
    }
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ull;
};

std::string hex(std::uint64_t number) {
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(number >> shift) & 0xF];
  }
  return text;
}

}  // namespace

std::string fingerprint(std::initializer_list<std::string_view> parts) {
  return fingerprint(std::span(parts.begin(), parts.size()));
}

std::string fingerprint(std::span<const std::string_view> parts) {
  Hasher hasher;
  for (const std::string_view part : parts) {
    hasher.add(std::to_string(part.size()));
    hasher.add(":");
    hasher.add(part);
  }
  return hex(hasher.value());
}

std::vector<std::string_view> parts_of(const Finding& finding) {
  const ObjectRef& object = finding.object;
  return {finding.rule,
          finding.cells.front(),
          finding.component,
          finding.application,
          group_of(object.api_version),
          object.kind,
          object.ns,
          object.name,
          finding.path_text};
}

void make_fingerprints_distinct(std::vector<Finding>& findings) {
  std::map<std::string, std::size_t> seen;
  for (Finding& finding : findings) {
    const std::string first = finding.fingerprint;
    while (seen.contains(finding.fingerprint)) {
      finding.fingerprint = fingerprint({first, std::to_string(++seen[first])});
    }
    seen.emplace(finding.fingerprint, 1);
  }
}

}  // namespace celldrift::audit
