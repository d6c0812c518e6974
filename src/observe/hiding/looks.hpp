// Whether a text that equals a Secret's value is worth hiding where it turns up elsewhere. A Secret
// may say "production" or "db.backend.svc", and blanking those everywhere would make reports
// useless.
#pragma once

#include "celldrift/observe/known_secrets.hpp"

#include <optional>
#include <string_view>

namespace celldrift::observe {

inline constexpr std::size_t least_secret_bytes = 8;
// Under a key such as "password", and where it is all of a text.
inline constexpr std::size_t least_password_bytes = 5;

enum class Looks {
  public_text,  // too short, a certificate, a time, a word that everybody uses
  words,        // made of words and numbers, as names and addresses are: "backend-user"
  random        // letters and digits mixed, or other characters: "x7Kq2m9Z", "p@ssw0rd"
};
Looks looks(std::string_view text);

// A text of less than least_secret_bytes that may be a password all the same: not "admin", "true",
// "65536".
bool may_be_short_password(std::string_view text);

// "DB_PASSWORD", "token": names that say that what they hold is secret.
bool is_telling(std::string_view name);

// By the key of the value in its Secret; nothing for keys whose values are never secret ("host").
std::optional<KnownSecrets::Tells> tells(std::string_view key);

}  // namespace celldrift::observe
