// semver and semverCompare, and the type *semver.Version with the methods that templates call.
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/semver/semver.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;
using semver::Version;

extern const Type version_type;
extern const Type version_pointer_type;

const Version& version_of(const Any& value) {
  if (value.object() == nullptr) {
    fail_nil_dereference();
  }
  return *static_cast<const Version*>(value.object());
}

std::string version_text(const Any& value) {
  return version_of(value).text();
}

Value version_json(const Any& value) {
  return Value::string(version_of(value).text());
}

// What SetPrerelease, IncMinor and the like return: a Version, no pointer to one.
Any make_version(const Call& call, Version version) {
  const auto& before = version_of(call[0]).original;
  version.original = (before.starts_with('v') ? "v" : "") + version.text();
  return Any::object(version_type, call.heap.make(std::move(version)));
}

Any increase_major(const Call& call) {
  return make_version(call, {.major = version_of(call[0]).major + 1});
}

Any increase_minor(const Call& call) {
  const auto& version = version_of(call[0]);
  return make_version(call, {.major = version.major, .minor = version.minor + 1});
}

// A pre-release becomes its release.
Any increase_patch(const Call& call) {
  const auto& version = version_of(call[0]);
  const std::uint64_t step = version.prerelease.empty() ? 1 : 0;
  return make_version(
      call, {.major = version.major, .minor = version.minor, .patch = version.patch + step});
}

Any set_prerelease(const Call& call) {
  auto version = version_of(call[0]);
  version.prerelease = call[1].as_string();
  const auto problem = semver::prerelease_problem(version.prerelease);
  if (problem && !version.prerelease.empty()) {
    fail(std::string(*problem));
  }
  return make_version(call, std::move(version));
}

Any set_metadata(const Call& call) {
  auto version = version_of(call[0]);
  version.metadata = call[1].as_string();
  const auto problem = semver::metadata_problem(version.metadata);
  if (problem && !version.metadata.empty()) {
    fail(std::string(*problem));
  }
  return make_version(call, std::move(version));
}

template <auto member>
Any get_number(const Call& call) {
  return Any::unsigned_integer(version_of(call[0]).*member);
}

template <auto member>
Any get_text(const Call& call) {
  return Any::string(version_of(call[0]).*member);
}

Any get_written(const Call& call) {
  return call.heap.string(version_text(call[0]));
}

std::weak_ordering order(const Call& call) {
  return version_of(call[0]) <=> version_of(call[1]);
}

Any compare(const Call& call) {
  return Any::integer(order(call) < 0 ? -1 : order(call) > 0 ? 1 : 0);
}
Any equal(const Call& call) {
  return Any::boolean(call[1].object() != nullptr && order(call) == 0);
}
Any less(const Call& call) {
  return Any::boolean(order(call) < 0);
}
Any less_or_equal(const Call& call) {
  return Any::boolean(order(call) <= 0);
}
Any greater(const Call& call) {
  return Any::boolean(order(call) > 0);
}
Any greater_or_equal(const Call& call) {
  return Any::boolean(order(call) >= 0);
}

Any marshal_text(const Call& call) {
  return bytes_value(call.heap, version_text(call[0]));
}
Any marshal_json(const Call& call) {
  return bytes_value(call.heap, "\"" + version_text(call[0]) + "\"");
}

// The last ones a Version has as well as a pointer to one. Those that change a version in place
// (Scan, UnmarshalText) are left out: no template has a version of its own to change.
template <const Type& self>
constexpr Function methods[] = {
    {"Compare", takes<self, self>, false, &int_type, compare},
    {"Equal", takes<self, self>, false, &bool_type, equal},
    {"GreaterThan", takes<self, self>, false, &bool_type, greater},
    {"GreaterThanEqual", takes<self, self>, false, &bool_type, greater_or_equal},
    {"LessThan", takes<self, self>, false, &bool_type, less},
    {"LessThanEqual", takes<self, self>, false, &bool_type, less_or_equal},
    {"Original", takes<self>, false, &string_type, get_text<&Version::original>},
    {"IncMajor", takes<self>, false, &version_type, increase_major},
    {"IncMinor", takes<self>, false, &version_type, increase_minor},
    {"IncPatch", takes<self>, false, &version_type, increase_patch},
    {"Major", takes<self>, false, &uint64_type, get_number<&Version::major>},
    {"MarshalJSON", takes<self>, false, &byte_list_type, marshal_json},
    {"MarshalText", takes<self>, false, &byte_list_type, marshal_text},
    {"Metadata", takes<self>, false, &string_type, get_text<&Version::metadata>},
    {"Minor", takes<self>, false, &uint64_type, get_number<&Version::minor>},
    {"Patch", takes<self>, false, &uint64_type, get_number<&Version::patch>},
    {"Prerelease", takes<self>, false, &string_type, get_text<&Version::prerelease>},
    {"SetMetadata", takes<self, string_type>, false, &version_type, set_metadata},
    {"SetPrerelease", takes<self, string_type>, false, &version_type, set_prerelease},
    {"String", takes<self>, false, &string_type, get_written},
    {"Value", takes<self>, false, &interface_type, get_written},
};
constexpr std::size_t pointer_only_methods = 7;

// What printf shows of a version where it does not show its text.
constexpr Function hidden_fields[] = {
    {"major", takes<version_type>, false, &uint64_type, get_number<&Version::major>},
    {"minor", takes<version_type>, false, &uint64_type, get_number<&Version::minor>},
    {"patch", takes<version_type>, false, &uint64_type, get_number<&Version::patch>},
    {"pre", takes<version_type>, false, &string_type, get_text<&Version::prerelease>},
    {"metadata", takes<version_type>, false, &string_type, get_text<&Version::metadata>},
    {"original", takes<version_type>, false, &string_type, get_text<&Version::original>},
};

const Type version_type{
    .kind = Kind::structure,
    .name = "semver.Version",
    .methods = std::span(methods<version_type>).subspan(pointer_only_methods),
    .hidden = hidden_fields,
    .text = version_text,
    .json = version_json,
};
const Type version_pointer_type{
    .kind = Kind::pointer,
    .name = "*semver.Version",
    .item = &version_type,
    .methods = methods<version_pointer_type>,
    .text = version_text,
    .json = version_json,
};

Any parse_version(const Call& call) {
  return Any::object(version_pointer_type, call.heap.make(semver::parse(call[0].as_string())));
}

Any check_constraint(const Call& call) {
  const auto constraint = semver::Constraint::parse(call[0].as_string());
  return Any::boolean(constraint.check(semver::parse(call[1].as_string())));
}

constexpr Function functions_of_versions[] = {
    {"semver", takes<string_type>, false, &version_pointer_type, parse_version},
    {"semverCompare", takes<string_type, string_type>, false, &bool_type, check_constraint},
};

}  // namespace

std::span<const Function> versions_functions() {
  return functions_of_versions;
}

}  // namespace celldrift::sprig
