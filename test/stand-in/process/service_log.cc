// SPDX-License-Identifier: MIT

#include "stand-in/process/service_log.h"

// strsafe.h would otherwise deprecate functions that other headers use.
#define STRSAFE_NO_DEPRECATE
#include <windows.h>
// Has to follow windows.h.
#include <strsafe.h>

#include <cstdarg>
#include <cwchar>
#include <iterator>

#include "stand-in/store/folder.h"

namespace dosvc_stand_in {
namespace {

constexpr LONGLONG kLargest = LONGLONG{1} << 20;
constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
constexpr DWORD kTurnMilliseconds = 1'000;
constexpr std::size_t kLongestLine = 512;

// Open until the process ends. Needs no lock: it is set up before a second thread exists.
struct {
  const wchar_t* writer = L"";
  bool begins_anew = false;
  std::wstring path;
  HANDLE file = INVALID_HANDLE_VALUE;
  HANDLE turn = nullptr;
} the_log;

HANDLE Open(DWORD access, DWORD disposition) {
  return CreateFileW(the_log.path.c_str(), access, kShare, nullptr, disposition, 0, nullptr);
}

void OpenLog(const std::wstring& store, const wchar_t* writer) {
  const auto folder = store.substr(0, store.find_last_of(L"\\/"));
  MakeFolder(folder);
  the_log.writer = writer;
  the_log.path = folder + L"\\service.log";
  // Under Wine an append is a seek and then a write, so only one process may append at a time.
  the_log.turn = CreateMutexW(nullptr, FALSE, L"dosvc-stand-in-log");
  the_log.file = Open(FILE_APPEND_DATA, OPEN_ALWAYS);
}

// Empties the file once it is too large. Processes that append continue at its new end.
void BeginAnew() {
  LARGE_INTEGER size = {};
  if (!GetFileSizeEx(the_log.file, &size) || size.QuadPart < kLargest) return;
  const HANDLE emptied = Open(GENERIC_WRITE, TRUNCATE_EXISTING);
  if (emptied != INVALID_HANDLE_VALUE) CloseHandle(emptied);
}

void Append(const wchar_t* line) {
  char bytes[kLongestLine * 3];
  const int size = WideCharToMultiByte(CP_UTF8,
                                       0,
                                       line,
                                       static_cast<int>(std::wcslen(line)),
                                       bytes,
                                       sizeof(bytes),
                                       nullptr,
                                       nullptr);
  // A process that was killed abandons the mutex. For one that is suspended, the wait times out.
  const DWORD waited = WaitForSingleObject(the_log.turn, kTurnMilliseconds);
  if (the_log.begins_anew) BeginAnew();
  DWORD written = 0;
  WriteFile(the_log.file, bytes, static_cast<DWORD>(size), &written, nullptr);
  if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) ReleaseMutex(the_log.turn);
}

}  // namespace

void OpenGuardiansLog(const std::wstring& store) {
  OpenLog(store, L"guardian");
  the_log.begins_anew = true;
}

void OpenWorkersLog(const std::wstring& store) { OpenLog(store, L"worker"); }

void Log(const wchar_t* format, ...) noexcept {
  if (the_log.file == INVALID_HANDLE_VALUE) return;
  wchar_t text[kLongestLine - 64];
  std::va_list values;
  va_start(values, format);
  StringCchVPrintfW(text, std::size(text), format, values);
  va_end(values);
  SYSTEMTIME now = {};
  GetSystemTime(&now);
  wchar_t line[kLongestLine];
  StringCchPrintfW(line,
                   std::size(line),
                   L"%04u-%02u-%02uT%02u:%02u:%02u.%03uZ %ls %lu: %ls\n",
                   now.wYear,
                   now.wMonth,
                   now.wDay,
                   now.wHour,
                   now.wMinute,
                   now.wSecond,
                   now.wMilliseconds,
                   the_log.writer,
                   GetCurrentProcessId(),
                   text);
  Append(line);
}

}  // namespace dosvc_stand_in
