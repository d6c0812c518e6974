#include "celldrift/store/place.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"

#include <algorithm>
#include <cctype>

namespace celldrift::store {
namespace {

constexpr std::string_view suffixes[] = {".snap", ".snapshot", ".json.gz"};
constexpr std::string_view s3_scheme = "s3://";
constexpr std::string_view web_schemes[] = {"http://", "https://"};

std::string_view scheme_of(std::string_view text) {
  const std::size_t mark = text.find("://");
  return mark == std::string_view::npos ? "" : text.substr(0, mark + 3);
}

// All that could be a password or a signature is left out.
[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  const std::string_view shown = text.find('@') == std::string_view::npos
                                     ? text.substr(0, text.find_first_of("?#"))
                                     : scheme_of(text);
  throw Error(ErrorCode::usage,
              "the place of snapshots " + printable(shown) + " " + std::string(why));
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

Place parse_web(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('#'));
  const std::size_t question = std::min(whole.find('?'), whole.size());
  const std::string_view url = whole.substr(0, question);
  const std::size_t authority = url.find("://") + 3;
  const std::size_t slash = std::min(url.find('/', authority), url.size());
  if (!is_plain(whole)) {
    refuse(text, "has blanks or characters that a URL must encode");
  }
  if (url.substr(0, slash).find('@') != std::string_view::npos) {
    refuse(text, "has a user or password in it; give a token in CELLDRIFT_SNAPSHOT_TOKEN");
  }
  http::Address address;
  try {
    address = http::parse_address(url);
  } catch (const Error&) {
    refuse(text, "is no URL with a host; it must be like https://host/cells/");
  }
  Place place{.kind = Place::Kind::web};
  place.text = printable(url) + (slash == url.size() ? "/" : "");
  place.host = lower(url.substr(authority, slash - authority));
  place.server = address.scheme + "://" + place.host;
  place.path = slash == url.size() ? "/" : std::string(url.substr(slash));
  place.query = whole.substr(question);
  place.is_folder = place.path.ends_with('/');
  return place;
}

// As S3 has them, and a little more: other servers, and old buckets, have capitals and "_".
bool is_bucket_name(std::string_view name) {
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.' || c == '_';
  };
  return !name.empty() && name.size() <= 255 && std::ranges::all_of(name, fits) &&
         name.find("..") == std::string_view::npos && name.front() != '.' && name.back() != '.';
}

Place parse_bucket(std::string_view text) {
  const std::string_view rest = text.substr(s3_scheme.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  Place place{.kind = Place::Kind::bucket};
  place.text = printable(text);
  place.bucket = rest.substr(0, slash);
  place.path = slash == rest.size() ? "" : rest.substr(slash + 1);
  if (!is_bucket_name(place.bucket)) {
    refuse(text, "has no bucket's name; it must be like s3://bucket/cells");
  }
  place.is_folder = !is_snapshot_name(place.path);
  if (place.is_folder && !place.path.empty() && !place.path.ends_with('/')) {
    place.path += '/';
  }
  return place;
}

}  // namespace

bool is_snapshot_name(std::string_view name) {
  const std::string_view file = name.substr(name.rfind('/') + 1);
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) {
    return file.size() > suffix.size() && file.ends_with(suffix);
  });
}

std::string snapshot_name(std::string_view cell) {
  const std::string name = http::url_encoded(cell, "-._~@+=");
  // A name that begins with a dot is hidden, or leads elsewhere.
  return (name.starts_with('.') ? "%2E" + name.substr(1) : name) + ".snap";
}

bool is_remote(std::string_view text) {
  const std::string scheme = lower(scheme_of(text));
  return scheme == s3_scheme || std::ranges::find(web_schemes, scheme) != std::end(web_schemes);
}

Place parse_place(std::string_view text) {
  if (!is_remote(text)) {
    refuse(text, "is neither http://, https:// nor s3://");
  }
  return lower(scheme_of(text)) == s3_scheme ? parse_bucket(text) : parse_web(text);
}

}  // namespace celldrift::store
