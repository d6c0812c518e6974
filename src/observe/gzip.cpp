#include "observe/gzip.hpp"

#include "celldrift/core/error.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace celldrift::observe {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib's way to say "with gzip's header and checksum"
constexpr int level = 6;
constexpr int unknown_system = 255;
constexpr std::size_t piece_bytes = 1u << 18;
constexpr std::size_t ratio_counts_from = 64u << 20;

// RFC 1952: ten bytes, of which the fourth has flags, then the extra field: its length, and our
// subfield of two letters, a length (all little-endian), and the length of the member.
constexpr std::string_view gzip_magic = "\x1f\x8b\x08";
constexpr std::size_t flags_at = 3;
constexpr char extra_flag = 4;
constexpr std::string_view extra_field("\x08\0CD\x04\0\0\0\0\0", 10);
constexpr std::size_t extra_at = 10;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t length_at = extra_at + extra_field.size() - length_bytes;
constexpr std::size_t trailer_bytes = 8;  // CRC-32 and size of the text
constexpr std::size_t least_member = length_at + length_bytes + 2 + trailer_bytes;

// zlib's input pointer is not const; it only reads.
Bytef* input(const char* bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes));
}

Bytef* output(std::vector<char>& buffer) {
  return reinterpret_cast<Bytef*>(buffer.data());
}

bool tells_length(std::string_view bytes) {
  return bytes.size() >= least_member && bytes.starts_with(gzip_magic) &&
         bytes[flags_at] == extra_flag &&
         bytes.substr(extra_at, extra_field.size() - length_bytes) ==
             extra_field.substr(0, extra_field.size() - length_bytes);
}

bool may_begin_member(std::string_view bytes) {
  return bytes.substr(0, gzip_magic.size()) == gzip_magic.substr(0, bytes.size());
}

std::size_t told_length(std::string_view member) {
  std::size_t length = 0;
  for (std::size_t i = length_bytes; i-- > 0;) {
    length = length << 8 | static_cast<unsigned char>(member[length_at + i]);
  }
  return length;
}

// Known only when the member is made.
void tell_length(std::string& member) {
  if (member.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit, "a text is too large for one member of a gzip file");
  }
  for (std::size_t i = 0; i < length_bytes; ++i) {
    member[length_at + i] = static_cast<char>(member.size() >> (8 * i));
  }
}

// A z_stream and its end.
struct Stream {
  explicit Stream(int (*end)(z_stream*)) : end_(end) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { end_(&z); }
  z_stream z{};

 private:
  int (*end_)(z_stream*);
};

// zlib counts input in 32 bits, so it is fed in pieces.
void feed(z_stream& z, std::string_view& rest) {
  if (z.avail_in == 0 && !rest.empty()) {
    const std::size_t count = std::min<std::size_t>(rest.size(), 1u << 30);
    z.next_in = input(rest.data());
    z.avail_in = static_cast<uInt>(count);
    rest.remove_prefix(count);
  }
}

}  // namespace

void check_limits(std::size_t out, std::size_t in, const InflateLimits& limits) {
  if (out > limits.bytes) {
    throw Error(ErrorCode::limit,
                "it unpacks to more than " + std::to_string(limits.bytes) + " bytes");
  }
  if (out > ratio_counts_from && out / std::max<std::size_t>(in, 1) > limits.ratio) {
    throw Error(ErrorCode::limit,
                "it unpacks to more than " + std::to_string(limits.ratio) + " times its size");
  }
}

std::string compress(std::string_view text) {
  Stream stream(deflateEnd);
  if (deflateInit2(&stream.z, level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw Error(ErrorCode::internal, "zlib cannot be initialised");
  }
  std::string extra(extra_field.substr(sizeof(std::uint16_t)));
  gz_header header{};
  header.extra = reinterpret_cast<Bytef*>(extra.data());
  header.extra_len = static_cast<uInt>(extra.size());
  header.os = unknown_system;
  deflateSetHeader(&stream.z, &header);
  std::string bytes;
  std::vector<char> buffer(piece_bytes);
  for (int result = Z_OK; result != Z_STREAM_END;) {
    feed(stream.z, text);
    stream.z.next_out = output(buffer);
    stream.z.avail_out = static_cast<uInt>(buffer.size());
    result = deflate(&stream.z, text.empty() ? Z_FINISH : Z_NO_FLUSH);
    bytes.append(buffer.data(), buffer.size() - stream.z.avail_out);
  }
  tell_length(bytes);
  return bytes;
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::vector<std::string_view> members_of(std::string_view bytes) {
  std::vector<std::string_view> members;
  while (!bytes.empty()) {
    if (!tells_length(bytes)) {
      if (members.empty()) {
        return {bytes};
      }
      const bool is_begun = bytes.size() < least_member && may_begin_member(bytes);
      throw Error(ErrorCode::config, is_begun ? "it is cut off" : "something follows its end");
    }
    const std::size_t length = told_length(bytes);
    if (length < least_member) {
      throw Error(ErrorCode::config, "it is a damaged gzip file");
    }
    if (length > bytes.size()) {
      throw Error(ErrorCode::config, "it is cut off");
    }
    members.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return members;
}

std::string decompressed(std::string_view bytes, const InflateLimits& limits) {
  std::string text;
  decompress(bytes, limits, [&](std::string_view piece) { text += piece; });
  return text;
}

void decompress(std::string_view bytes,
                const InflateLimits& limits,
                const std::function<void(std::string_view)>& on_piece) {
  decompress_while(bytes, limits, [&](std::string_view piece) {
    on_piece(piece);
    return true;
  });
}

void decompress_while(std::string_view bytes,
                      const InflateLimits& limits,
                      const std::function<bool(std::string_view)>& on_piece) {
  Stream stream(inflateEnd);
  if (inflateInit2(&stream.z, gzip_window) != Z_OK) {
    throw Error(ErrorCode::internal, "zlib cannot be initialised");
  }
  const std::size_t whole = bytes.size();
  std::vector<char> buffer(piece_bytes);
  std::size_t total = 0;
  for (int result = Z_OK; result != Z_STREAM_END;) {
    feed(stream.z, bytes);
    stream.z.next_out = output(buffer);
    stream.z.avail_out = static_cast<uInt>(buffer.size());
    result = inflate(&stream.z, Z_NO_FLUSH);
    const std::size_t count = buffer.size() - stream.z.avail_out;
    if (result == Z_BUF_ERROR ||
        (result == Z_OK && count == 0 && bytes.empty() && stream.z.avail_in == 0)) {
      throw Error(ErrorCode::config, "it is cut off");
    }
    if (result != Z_OK && result != Z_STREAM_END) {
      throw Error(ErrorCode::config, "it is not a gzip file, or a damaged one");
    }
    total += count;
    check_limits(total, whole, limits);
    if (!on_piece({buffer.data(), count})) {
      return;
    }
  }
  if (stream.z.avail_in != 0 || !bytes.empty()) {
    throw Error(ErrorCode::config, "something follows its end");
  }
}

}  // namespace celldrift::observe
