! SPDX-License-Identifier: BSL-1.0
! A small model of the atmosphere: columns of 16 levels of air over ground that the sun warms by day.
! Its radiation is a network, which a library of one function computes for all columns in each step:
! the line of CMake beside this file makes it of the files that Keras writes. The same is done with the
! radiation that the network imitates, to see what comes of that.
program column_model
  use, intrinsic :: iso_c_binding, only: c_float, c_size_t
  use radiation, only: radiation_predict, radiation_inputs, radiation_outputs
  implicit none

  integer, parameter :: levels = radiation_outputs, ground = levels + 1, columns = 100
  integer, parameter :: steps_a_day = 96, days = 10
  real, parameter :: day = 1.0, step = day/steps_a_day
  real, parameter :: mixing = 12.0  ! between neighbouring levels, a day
  ! Temperatures in Kelvin: of the levels from the ground up, then of the ground.
  real(c_float) :: emulated(radiation_inputs, columns), exact(radiation_inputs, columns)
  real(c_float) :: heating(levels, columns), start(radiation_inputs)
  real :: largest, mean
  integer :: column, level, i

  if (radiation_inputs /= ground) stop "the network is of another model"
  do column = 1, columns
    exact(ground, column) = 260 + 40*real(column)/columns
    do level = 1, levels
      exact(level, column) = exact(ground, column) - 70*real(level)/levels
    end do
  end do
  emulated = exact
  start = exact(:, columns/2)

  do i = 1, steps_a_day*days
    ! The emulator: all columns in one call.
    if (radiation_predict(emulated, heating, int(columns, c_size_t)) /= 0) stop "radiation was refused"
    call advance(emulated, heating, i)
    do column = 1, columns
      heating(:, column) = grey_radiation(exact(:, column))
    end do
    call advance(exact, heating, i)
  end do

  print '(a)', "Kelvin, a column of 100 after 10 days"
  print '(a)', "         start   emulated      exact"
  do level = levels, 1, -5
    print '(i6, 3f11.2)', level, start(level), emulated(level, columns/2), exact(level, columns/2)
  end do
  print '(a, 3f11.2)', "ground", start(ground), emulated(ground, columns/2), exact(ground, columns/2)
  largest = maxval(abs(emulated - exact))
  mean = sum(abs(emulated - exact))/size(exact)
  print '(a, f5.2, a, f5.2, a)', "emulated and exact differ by", largest, " K at most, by", mean, " K in the mean"

  ! Ten days change a column by far more than this.
  if (.not. maxval(abs(exact(:, columns/2) - start)) > 5) then
    print '(a)', "FAILED: the model stands still"
    stop 1
  end if
  if (.not. (largest < 0.8 .and. mean < 0.2)) then
    print '(a)', "FAILED: the network is no emulator of the radiation"
    stop 1
  end if
  print '(a, i0, a)', "OK: ", steps_a_day*days, " steps with a network as radiation"

contains

  ! One step: radiation, air that mixes, and ground that the sun warms and that warms the air above it.
  subroutine advance(state, heating, number)
    real(c_float), intent(inout) :: state(:, :)
    real(c_float), intent(in) :: heating(:, :)
    integer, intent(in) :: number
    real, parameter :: pi = acos(-1.0), exchange = 8.0, ground_capacity = 4.0
    real, parameter :: ground_cooling = 7.5e-10  ! by its own radiation, for the fourth power
    real :: flux(0:levels), sun
    integer :: k
    sun = 60*max(0.0, -cos(2*pi*number*step/day))
    do k = 1, size(state, 2)
      flux(0) = exchange*(state(ground, k) - state(1, k))
      flux(1:levels - 1) = mixing*(state(1:levels - 1, k) - state(2:levels, k) - 3)  ! air cools on its way up
      flux(levels) = 0
      state(ground, k) = state(ground, k) + step*(sun - flux(0)/ground_capacity - ground_cooling*state(ground, k)**4)
      state(1:levels, k) = state(1:levels, k) + step*(heating(:, k) + flux(0:levels - 1) - flux(1:levels))
    end do
  end subroutine

  ! What the network imitates: each level takes a share of what passes, and sends as much up as down.
  pure function grey_radiation(state) result(rate)
    real(c_float), intent(in) :: state(:)
    real(c_float) :: rate(levels)
    real, parameter :: sigma = 5.670374e-8, emissivity = 0.12
    real, parameter :: kelvin_a_day = 86400/(1004*101325/9.81/levels)
    real :: emitted(levels), flux
    integer :: k
    emitted = emissivity*sigma*state(1:levels)**4
    rate = -2*emitted
    flux = sigma*state(ground)**4
    do k = 1, levels
      rate(k) = rate(k) + emissivity*flux
      flux = (1 - emissivity)*flux + emitted(k)
    end do
    flux = 0
    do k = levels, 1, -1
      rate(k) = rate(k) + emissivity*flux
      flux = (1 - emissivity)*flux + emitted(k)
    end do
    rate = rate*kelvin_a_day
  end function
end program
