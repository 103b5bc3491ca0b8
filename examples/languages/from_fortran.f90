! SPDX-License-Identifier: BSL-1.0
! The reaction-diffusion equation of Fisher, u_t = u_xx + u (1 - u), by explicit Euler steps. Its
! fronts travel at the speed 2 - 3 / (2 t) (Bramson 1983), which the program measures.
program from_fortran
  use, intrinsic :: iso_c_binding
  implicit none

  interface
    ! int fisher_step_double(const double* u, const double* difference, double* out, size_t count)
    integer(c_int) function fisher_step(u, difference, out, count) bind(c, name="fisher_step_double")
      import :: c_int, c_double, c_size_t
      real(c_double), intent(in) :: u(*), difference(*)
      real(c_double) :: out(*)
      integer(c_size_t), value :: count
    end function
    type(c_ptr) function fusor_message() bind(c)
      import :: c_ptr
    end function
  end interface

  integer, parameter :: cells = 800, steps_of_one = 50  ! spacing 1/2, step 0.02
  real(c_double) :: u(cells), difference(cells), before, after, speed, expected
  integer :: time

  u = 0
  u(1:20) = 1
  before = 0
  after = 0
  do time = 1, 120
    call advance()
    if (time == 80) before = front()
    if (time == 120) after = front()
  end do
  speed = (after - before) / 40
  expected = 2 - 1.5d0 * log(120d0 / 80d0) / 40
  print '(a, f6.3, a, f6.3)', "speed of the front ", speed, ", expected ", expected
  print '(a, f5.3, a, f5.3)', "u between ", minval(u), " and ", maxval(u)

  if (abs(speed / expected - 1) < 0.03d0 .and. minval(u) >= 0 .and. maxval(u) <= 1 + 1d-12) then
    call check_refusal()
    print '(a)', "OK: kernels from Fortran"
  else
    print '(a)', "FAILED"
    stop 1
  end if

contains

  subroutine advance()
    integer :: step
    do step = 1, steps_of_one
      difference(2:cells - 1) = u(1:cells - 2) - 2 * u(2:cells - 1) + u(3:cells)
      difference(1) = u(2) - u(1)
      difference(cells) = u(cells - 1) - u(cells)
      if (fisher_step(u, difference, u, int(cells, c_size_t)) /= 0) stop "fisher_step was refused"
    end do
  end subroutine

  ! Where u falls through 1/2, between two cells.
  real(c_double) function front()
    integer :: i
    i = 1
    do while (u(i + 1) > 0.5d0)
      i = i + 1
    end do
    front = 0.5d0 * (i + (u(i) - 0.5d0) / (u(i) - u(i + 1)))
  end function

  subroutine check_refusal()
    character(kind=c_char), pointer :: letters(:)
    type(c_ptr) :: message
    integer :: i
    if (fisher_step(u, difference, u(2:cells), int(cells - 1, c_size_t)) /= 2) stop "not refused"
    message = fusor_message()
    call c_f_pointer(message, letters, [512])
    write (*, '(a)', advance='no') "refused: "
    do i = 1, 512
      if (letters(i) == c_null_char) exit
      write (*, '(a)', advance='no') letters(i)
    end do
    print *
  end subroutine
end program
