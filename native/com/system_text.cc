// SPDX-License-Identifier: MIT
//
// Windows' own text for a code.
// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew

#include <windows.h>

#include <array>

#include "core/engine.h"

namespace dosvc {

// In the language of the thread, or of the user, or of the system. The mask leaves out line breaks.
std::u16string SystemText(std::uint32_t hresult) {
  const bool win32 = HRESULT_FACILITY(static_cast<HRESULT>(hresult)) == FACILITY_WIN32;
  constexpr DWORD kFlags =
      FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  std::array<wchar_t, 1024> text{};
  const DWORD length = FormatMessageW(kFlags,
                                      nullptr,
                                      win32 ? hresult & 0xFFFF : hresult,
                                      0,
                                      text.data(),
                                      static_cast<DWORD>(text.size()),
                                      nullptr);
  std::u16string found(text.begin(), text.begin() + length);
  found.erase(found.find_last_not_of(u" \r\n") + 1);
  return found;
}

}  // namespace dosvc
