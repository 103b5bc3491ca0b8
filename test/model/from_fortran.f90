! SPDX-License-Identifier: BSL-1.0
! A network that reads digits, from Fortran: beside what Keras computed.
! Usage: from_fortran <folder of the data>
program from_fortran
  use, intrinsic :: iso_c_binding
  use digits_mish
  use digits_functional, only: digits_functional_predict_double
  implicit none

  integer, parameter :: rows = 360
  real(c_float) :: in(digits_mish_inputs, rows), expected(digits_mish_outputs, rows)
  real(c_float) :: out(digits_mish_outputs, rows)
  real(c_double) :: exact(digits_mish_outputs, rows)
  integer :: same, row
  logical :: right

  call read_numbers("/digits_test_x.csv", in)
  call read_numbers("/digits_mish_expected.csv", expected)
  if (digits_mish_predict(in, out, int(rows, c_size_t)) /= 0) stop "digits_mish was refused"
  same = 0
  do row = 1, rows
    if (maxloc(out(:, row), 1) == maxloc(expected(:, row), 1)) same = same + 1
  end do
  print '(a, i0, a, es8.1)', "digits_mish: ", same, " of 360, differences up to ", maxval(abs(out - expected))
  right = same == rows .and. all(abs(out - expected) <= 1e-5)

  call read_numbers("/digits_functional_expected.csv", expected)
  if (digits_functional_predict_double(real(in, c_double), exact, int(rows, c_size_t)) /= 0) &
    stop "digits_functional was refused"
  print '(a, es8.1)', "digits_functional: differences up to ", maxval(abs(exact - expected))
  right = right .and. all(abs(exact - expected) <= 1e-5)

  ! A call that cannot be right: the output is the input.
  right = right .and. digits_mish_predict(in, in, int(rows, c_size_t)) /= 0
  right = right .and. index(text(digits_mish_message()), "overlaps") > 0
  print '(a)', text(digits_mish_message())
  if (.not. right) then
    print '(a)', "FAILED"
    stop 1
  end if
  print '(a)', "OK: models from Fortran"

contains

  subroutine read_numbers(name, to)
    character(*), intent(in) :: name
    real(c_float), intent(out) :: to(:, :)
    character(4096) :: folder
    integer :: unit, line
    call get_command_argument(1, folder)
    open (newunit=unit, file=trim(folder)//name, status="old", action="read")
    do line = 1, size(to, 2)
      read (unit, *) to(:, line)
    end do
    close (unit)
  end subroutine

  function text(address)
    type(c_ptr), intent(in) :: address
    character(:), allocatable :: text
    character(c_char), pointer :: letters(:)
    integer :: length
    call c_f_pointer(address, letters, [512])
    length = 0
    do while (letters(length + 1) /= c_null_char)
      length = length + 1
    end do
    allocate (character(length) :: text)
    text = transfer(letters(1:length), text)
  end function
end program
