// SPDX-License-Identifier: MIT
//
// What the recorder saw, in order: one entry for each call or blanket, as JSON text that the test
// takes.
#pragma once

#include <windows.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace recorder {

// {"event":"call","object":3,...}: texts are GUIDs and digits, so nothing needs escaping.
class Entry {
 public:
  explicit Entry(const char* event);

  Entry& Number(const char* name, std::uint64_t number);
  Entry& Text(const char* name, const std::string& text);
  Entry& Texts(const char* name, const std::vector<std::string>& texts);
  Entry& Guid(const char* name, REFGUID guid);
  // The current thread, and the type of its apartment (APTTYPE_MTA is 1).
  Entry& Place();

  std::string Finish() const { return text_ + "}"; }

 private:
  std::string text_;
};

// Two hexadecimal digits per byte.
std::string Hex(const void* bytes, std::size_t count);

class Journal {
 public:
  static Journal& Get();

  void Note(const Entry& entry);  // [any]
  // [JS] A list of the entries since the last call; valid until the next call.
  const char* Take();

 private:
  std::mutex mu_;
  std::string entries_;  // guarded by mu_
  std::string taken_;    // [JS]
};

}  // namespace recorder
