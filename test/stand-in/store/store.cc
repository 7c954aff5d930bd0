// SPDX-License-Identifier: MIT

#include "stand-in/store/store.h"

#include <windows.h>

#include <utility>

#include "stand-in/store/folder.h"
#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {
namespace {

constexpr wchar_t kBeingWritten[] = L".new";

// Writes UTF-16 unconverted, because names on disk need not be well-formed.
bool WriteWhole(const std::wstring& path, const std::wstring& text) {
  const HANDLE file = CreateFileW(
      path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return false;
  const auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  DWORD written = 0;
  const BOOL done = WriteFile(file, text.data(), size, &written, nullptr);
  CloseHandle(file);
  return done && written == size;
}

std::wstring ReadWhole(const std::wstring& path) {
  const HANDLE file =
      CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return {};
  LARGE_INTEGER size = {};
  GetFileSizeEx(file, &size);
  std::wstring text(static_cast<std::size_t>(size.QuadPart) / sizeof(wchar_t), L'\0');
  DWORD read = 0;
  ReadFile(file, text.data(), static_cast<DWORD>(text.size() * sizeof(wchar_t)), &read, nullptr);
  CloseHandle(file);
  text.resize(read / sizeof(wchar_t));
  return text;
}

}  // namespace

Store::Store(std::wstring folder, std::wstring extension)
    : folder_(std::move(folder)), extension_(std::move(extension)) {
  MakeFolder(folder_);
}

std::vector<std::wstring> Store::Load() const {
  std::vector<std::wstring> records;
  WIN32_FIND_DATAW found = {};
  const auto pattern = folder_ + L"\\*" + extension_;
  const HANDLE search = FindFirstFileW(pattern.c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return records;
  do {
    records.push_back(ReadWhole(folder_ + L"\\" + found.cFileName));
  } while (FindNextFileW(search, &found));
  FindClose(search);
  return records;
}

bool Store::Save(const GUID& id, const std::wstring& record) const {
  const auto path = PathOf(id);
  const auto fresh = path + kBeingWritten;
  return WriteWhole(fresh, record) &&
         MoveFileExW(fresh.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING);
}

void Store::Remove(const GUID& id) const {
  const auto path = PathOf(id);
  DeleteFileW(path.c_str());
  DeleteFileW((path + kBeingWritten).c_str());
}

std::wstring Store::PathOf(const GUID& id) const {
  return folder_ + L"\\" + SpellGuid(id) + extension_;
}

}  // namespace dosvc_stand_in
