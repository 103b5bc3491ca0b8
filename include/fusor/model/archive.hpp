// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

#include "fusor/model/error.hpp"

/// Files, and the entries of a .keras file, which is a ZIP archive that compresses nothing.
namespace fusor::detail::models {

/// The bytes of a file.
inline std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) refuse_model("cannot be opened");
  const std::streamoff size = file.tellg();
  constexpr std::streamoff most = std::streamoff{1} << 40;
  if (size < 0 || size > most) refuse_model("is no regular file");  // a folder says 2^63 - 1
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(bytes.data(), size)) refuse_model("cannot be read");
  return bytes;
}

/// Reads numbers of an archive, and refuses to read beyond its end.
class archive_reader {
 public:
  explicit archive_reader(std::string_view bytes) : bytes_(bytes) {}

  std::size_t size() const {
    return bytes_.size();
  }
  std::string_view at(std::uint64_t offset, std::uint64_t count) const {
    if (offset > bytes_.size() || count > bytes_.size() - offset) {
      refuse_model("is a damaged archive: an entry lies beyond the end of the file");
    }
    return bytes_.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
  }
  std::uint64_t number(std::uint64_t offset, int bytes) const {
    const std::string_view text = at(offset, static_cast<std::uint64_t>(bytes));
    std::uint64_t value = 0;
    for (int i = bytes; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
};

/// An entry as the directory at the end of the archive describes it.
struct archive_entry {
  std::uint64_t method, compressed, size, header;
};

/// Takes the sizes and the place of an entry of more than 4 GiB from the field that has room.
inline void take_long_sizes(const archive_reader& archive, std::uint64_t field, std::uint64_t end,
                            archive_entry& entry) {
  constexpr std::uint64_t elsewhere = 0xffffffff;
  while (field + 4 <= end) {
    const std::uint64_t next = field + 4 + archive.number(field + 2, 2);
    if (archive.number(field, 2) == 1) {
      std::uint64_t at = field + 4;
      for (std::uint64_t* const number : {&entry.size, &entry.compressed, &entry.header}) {
        if (*number != elsewhere || at + 8 > next) continue;
        *number = archive.number(at, 8);
        at += 8;
      }
    }
    field = next;
  }
}

/// The bytes of an entry of an archive. Refuses what is compressed: Keras does not, and an archive
/// that cannot grow cannot fill the memory.
inline std::string_view archive_entry_bytes(std::string_view bytes, std::string_view name) {
  const archive_reader archive(bytes);
  constexpr std::uint64_t end_size = 22, directory_size = 46, header_size = 30;
  constexpr std::uint64_t longest_comment = 65535;
  const std::string_view end_mark("PK\5\6", 4);
  const std::size_t found = bytes.rfind(end_mark);
  if (bytes.size() < end_size || found == std::string_view::npos ||
      bytes.size() - found > end_size + longest_comment || bytes.size() - found < end_size) {
    refuse_model("is no .keras file: it is no ZIP archive, or a truncated one");
  }
  std::uint64_t entries = archive.number(found + 10, 2);
  std::uint64_t at = archive.number(found + 16, 4);
  constexpr std::uint64_t locator_size = 20;
  if (at == 0xffffffff && found >= locator_size) {  // the directory lies beyond 4 GiB
    const std::uint64_t long_end = archive.number(found - locator_size + 8, 8);
    entries = archive.number(long_end + 32, 8);
    at = archive.number(long_end + 48, 8);
  }
  for (std::uint64_t i = 0; i < entries; ++i) {
    if (archive.at(at, directory_size).substr(0, 4) != std::string_view("PK\1\2", 4)) {
      refuse_model("is a damaged archive: its directory is none");
    }
    archive_entry entry{archive.number(at + 10, 2), archive.number(at + 20, 4),
                        archive.number(at + 24, 4), archive.number(at + 42, 4)};
    const std::uint64_t flags = archive.number(at + 8, 2);
    const std::uint64_t name_size = archive.number(at + 28, 2);
    const std::uint64_t extra_size = archive.number(at + 30, 2);
    const std::uint64_t extra = at + directory_size + name_size;
    const std::string_view entry_name = archive.at(at + directory_size, name_size);
    archive.at(extra, extra_size);
    at = extra + extra_size + archive.number(at + 32, 2);
    if (entry_name != name) continue;
    take_long_sizes(archive, extra, extra + extra_size, entry);
    if (entry.method != 0 || entry.size != entry.compressed || (flags & 1) != 0) {
      refuse_model(in_quotes(name) +
                   " in it is compressed, which Keras does not do; unpack it, and give config.json "
                   "and model.weights.h5 in its place");
    }
    if (archive.at(entry.header, header_size).substr(0, 4) != std::string_view("PK\3\4", 4)) {
      refuse_model("is a damaged archive: " + in_quotes(name) + " is not where the directory says");
    }
    const std::uint64_t data = entry.header + header_size + archive.number(entry.header + 26, 2) +
                               archive.number(entry.header + 28, 2);
    return archive.at(data, entry.size);
  }
  refuse_model("is no .keras file of Keras 3: it has no " + in_quotes(name));
}

}  // namespace fusor::detail::models
