// SPDX-License-Identifier: MIT

#include "stand-in/transfer/driver/kept_state.h"

#include <vector>

namespace dosvc_stand_in {
namespace {

std::vector<std::wstring> Lines(const std::wstring& text) {
  std::vector<std::wstring> lines(1);
  for (const auto c : text) {
    if (c == L'\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

}  // namespace

std::optional<KeptState> ReadKept(const std::wstring& path) {
  const auto file =
      CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return std::nullopt;
  std::wstring text(GetFileSize(file, nullptr) / sizeof(wchar_t), L'\0');
  DWORD read = 0;
  const auto whole = ReadFile(
      file, text.data(), static_cast<DWORD>(text.size() * sizeof(wchar_t)), &read, nullptr);
  CloseHandle(file);
  const auto lines = Lines(text);
  if (!whole || lines.size() != 8) return std::nullopt;
  return KeptState{lines[0],
                   {std::stoull(lines[1]),
                    std::stoull(lines[2]),
                    std::stoull(lines[3]),
                    lines[4],
                    lines[5],
                    lines[6]}};
}

bool Keep(const std::wstring& path, const KeptState& state) {
  const auto& [temporary_path, file] = state;
  const auto text = temporary_path + L"\n" + std::to_wstring(file.done) + L"\n" +
                    std::to_wstring(file.total) + L"\n" + std::to_wstring(file.remote_size) +
                    L"\n" + file.etag + L"\n" + file.last_modified + L"\n" + file.final_url + L"\n";
  const auto beside = path + L".new";
  const auto handle =
      CreateFileW(beside.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return false;
  DWORD written = 0;
  const auto bytes = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  const auto whole = WriteFile(handle, text.data(), bytes, &written, nullptr) && written == bytes;
  CloseHandle(handle);
  return whole && MoveFileExW(beside.c_str(), path.c_str(), MOVEFILE_REPLACE_EXISTING);
}

}  // namespace dosvc_stand_in
